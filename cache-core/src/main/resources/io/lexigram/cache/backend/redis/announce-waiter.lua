-- Notes that somebody waits for the lease of the token ARGV[1]. Answers nil where it lives, else what is there.
local head, is_record = header(KEYS[1])
if not (has_token(head, ARGV[1]) and is_alive(head, is_record)) then
  return value_of(KEYS[1])
end
if not has_waiters(head) then
  redis.call('SETRANGE', KEYS[1], 3, with_waiters(head))
end
return false
