-- Takes the lease of KEYS[1] with the lease record ARGV[1] for ARGV[2] ms, where the entry id is still ARGV[3] and no lease
-- lives but that of the token ARGV[4]. Answers nil where it did, else what is there, '' for nothing.
local head, is_record = header(KEYS[1])
if not head or string.sub(head, 5, 12) ~= ARGV[3] or token(head) ~= ARGV[4] and is_alive(head, is_record) then
  return value_of(KEYS[1])
end
if is_record then
  -- Those who wait for the lease before are told of this one's end.
  local flags = has_waiters(head) and with_waiters(ARGV[1]) or string.sub(ARGV[1], 4, 4)
  redis.call('SET', KEYS[1], string.sub(ARGV[1], 1, 3) .. flags .. string.sub(ARGV[1], 5), 'PX', ARGV[2])
else
  redis.call('SETRANGE', KEYS[1], 12, token(ARGV[1]) .. struct.pack('>I8', now_millis() + tonumber(ARGV[2])))
end
return false
