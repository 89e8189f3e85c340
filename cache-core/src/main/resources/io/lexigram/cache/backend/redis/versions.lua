-- What is known of the versions of an entry, a hash: 'l' is the last version, 'o' the digits of its rank, 't' its lifetime in ms
-- ('' for ever), and 'b' before a version is the end of its value in ms by this server's clock ('' for never). Values are under
-- the key of the entry, '%b' and the version, which is of the same slot.
local max_versions = 100
local longest_memory = '86400000'

-- The versions that are held, each with its end.
local function versions_of(history)
  local all = redis.pcall('HGETALL', history)
  local ends = {}
  if all.err then
    redis.call('UNLINK', history)
    return ends
  end
  for i = 1, #all, 2 do
    if string.sub(all[i], 1, 1) == 'b' then
      ends[string.sub(all[i], 2)] = all[i + 1]
    end
  end
  return ends
end

local function remember(history, ttl)
  local left = redis.call('PTTL', history)
  if ttl == '' then
    redis.call('PERSIST', history)
  elseif left >= 0 and left < tonumber(ttl) then
    redis.call('PEXPIRE', history, ttl)
  end
end

-- Removes the values of all versions, and remembers the last version.
local function remove_versions(key, history)
  if redis.call('EXISTS', history) == 0 then
    return
  end
  for version in pairs(versions_of(history)) do
    redis.call('UNLINK', key .. '%b' .. version)
    redis.call('HDEL', history, 'b' .. version)
  end
  local ttl = redis.call('HGET', history, 't')
  if ttl then
    redis.call('PEXPIRE', history, ttl == '' and longest_memory or ttl)
  end
end
