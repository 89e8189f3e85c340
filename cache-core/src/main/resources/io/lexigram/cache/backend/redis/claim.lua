-- SET KEYS[1] ARGV[1] NX GET PX ARGV[2], for servers older than Redis 7, which do not let NX and GET go together.
local value = redis.call('GET', KEYS[1])
if value then
  return value
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return false
