-- Lets the lease of the token ARGV[1] live ARGV[2] ms from now. Answers 1 where there was one.
local head, is_record = header(KEYS[1])
if not has_token(head, ARGV[1]) then
  return 0
end
if is_record then
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
else
  redis.call('SETRANGE', KEYS[1], 20, struct.pack('>I8', now_millis() + tonumber(ARGV[2])))
end
return 1
