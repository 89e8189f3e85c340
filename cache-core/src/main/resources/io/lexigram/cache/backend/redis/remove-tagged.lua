-- Removes the envelope KEYS[1] where it carries the tag ARGV[1], or where its tags cannot be read: what is lost is loaded
-- again, what stays would be served. Answers how many were removed.
if not is_envelope(KEYS[1]) then
  return 0
end
local tags = tags_of(KEYS[1])
local carried = tags == nil
for _, tag in ipairs(tags or {}) do
  carried = carried or tag == ARGV[1]
end
return carried and redis.call('UNLINK', KEYS[1]) or 0
