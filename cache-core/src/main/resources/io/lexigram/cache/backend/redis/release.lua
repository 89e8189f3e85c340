-- Ends the lease of the token ARGV[1] and wakes those who wait through the channel ARGV[2], telling them that the load came
-- to nothing that is stored where ARGV[3] is '1'. Answers 1 where there was one.
local head, is_record = header(KEYS[1])
if not has_token(head, ARGV[1]) then
  return 0
end
if is_record then
  redis.call('UNLINK', KEYS[1])
else
  local flags = string.char(string.byte(head, 4) - (has_waiters(head) and waiters or 0))
  redis.call('SETRANGE', KEYS[1], 3, flags .. string.sub(head, 5, 12) .. no_token .. no_token)
end
wake(head, KEYS[1], ARGV[2], ARGV[3] == '1')
return 1
