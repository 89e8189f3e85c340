-- Marks KEYS[1] with the token ARGV[2] without keeping anybody from loading it: with the record ARGV[1] for ARGV[3] ms where
-- there is nothing, else in the header of the value. Answers 1 where it did, 0 where a lease lives.
local value = redis.pcall('STRLEN', KEYS[1])
local head, is_record = header(KEYS[1])
if value == 0 and redis.call('EXISTS', KEYS[1]) == 0 or head and is_record and not is_alive(head, is_record) then
  redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[3])
  return 1
end
if not head or is_alive(head, is_record) then
  return 0
end
redis.call('SETRANGE', KEYS[1], 12, ARGV[2] .. no_token)
return 1
