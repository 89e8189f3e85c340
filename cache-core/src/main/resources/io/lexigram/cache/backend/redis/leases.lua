-- The lease in the header of what is under a key: flags at byte 3, entry id at 4, token at 12, end at 20. The token 0 is none.
-- A lease record ends with its key, and one with the end 1 keeps nobody from loading; the lease in a value ends at the time
-- noted, by this server's clock.
local no_token = string.rep('\0', 8)
local reserved = string.rep('\0', 7) .. '\1'
local waiters = 4

-- The header of an envelope or lease record and whether it is a lease record; nil where there is neither.
local function header(key)
  local bytes = redis.pcall('GETRANGE', key, 0, 64)
  if type(bytes) ~= 'string' or #bytes < 64 or string.sub(bytes, 1, 2) ~= '\156L' then
    return nil
  end
  return string.sub(bytes, 1, 64), #bytes == 64
end

local function token(head)
  return string.sub(head, 13, 20)
end

local function now_millis()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

local function is_alive(head, is_record)
  if is_record then
    return token(head) ~= no_token and string.sub(head, 21, 28) ~= reserved
  end
  return token(head) ~= no_token and struct.unpack('>I8', head, 21) > now_millis()
end

-- Whether there is the lease of this token, alive or not taken over since.
local function has_token(head, wanted)
  return head and wanted ~= no_token and token(head) == wanted
end

local function has_waiters(head)
  return math.floor(string.byte(head, 4) / waiters) % 2 == 1
end

local function with_waiters(head)
  return string.char(string.byte(head, 4) + (has_waiters(head) and 0 or waiters))
end

-- Tells those who wait for the lease in this header that it ended. A wake-up that is not let through is made up for by
-- their asking.
local function wake(head, key, channel, uncacheable)
  if head and has_waiters(head) then
    redis.pcall('PUBLISH', channel, (uncacheable and '\1' or '\0') .. key)
  end
end

-- What is under a key, '' where there is nothing or something that is no string.
local function value_of(key)
  local bytes = redis.pcall('GET', key)
  return type(bytes) == 'string' and bytes or ''
end

local function store(key, value, ttl)
  if ttl == '' then
    redis.call('SET', key, value)
  else
    redis.call('SET', key, value, 'PX', ttl)
  end
end
