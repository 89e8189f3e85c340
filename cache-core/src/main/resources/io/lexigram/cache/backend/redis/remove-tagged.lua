-- Removes the envelope KEYS[1] where it carries the tag ARGV[1], or where its tags cannot be read: what is lost is loaded
-- again, what stays would be served. Wakes those who wait for a lease in it through the channel ARGV[2]. Answers how many
-- were removed; -1 where it was loaded at or after the stamp ARGV[3] (28 bits of incarnation, 36 of seq; '' for none) and stays.
if not is_envelope(KEYS[1]) then
  return 0
end
if ARGV[3] ~= '' then
  local high, low = struct.unpack('>I4I4', redis.call('GETRANGE', KEYS[1], 28, 35))
  local stamp_high, stamp_low = struct.unpack('>I4I4', ARGV[3])
  local later = high > stamp_high or high == stamp_high and low >= stamp_low
  if math.floor(high / 16) == math.floor(stamp_high / 16) and later then
    return -1
  end
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
