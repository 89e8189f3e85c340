-- Removes the envelope KEYS[1] where it carries the tag ARGV[1], or where its tags cannot be read: what is lost is loaded
-- again, what stays would be served. Wakes those who wait for a lease in it through the channel ARGV[2]. Answers how many
-- were removed.
if not is_envelope(KEYS[1]) then
  return 0
end
local tags = tags_of(KEYS[1])
local carried = tags == nil
for _, tag in ipairs(tags or {}) do
  carried = carried or tag == ARGV[1]
end
if not carried then
  return 0
end
local head = header(KEYS[1])
local removed = redis.call('UNLINK', KEYS[1])
wake(head, KEYS[1], ARGV[2])
return removed
