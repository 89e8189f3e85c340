-- Stores the envelope ARGV[1] under KEYS[3], a version of KEYS[1], for ARGV[2] ms, and under KEYS[1] for ARGV[3] ms with the end
-- ARGV[4] (8 bytes); '' is for ever. KEYS[2] knows of the versions. ARGV[5] is the version, ARGV[6] the digits of its rank, ''
-- where it has none. Where ARGV[7] is '1' it is only stored if the last version is not higher. Those who wait for a lease that
-- it replaces are woken through the channel ARGV[8]. Answers nothing where it did, else why not, and the last version.
local ends = versions_of(KEYS[2])
local last = redis.call('HMGET', KEYS[2], 'l', 'o')
if last[1] and ARGV[7] == '1' then
  -- Ranks of one kind have one length.
  if #ARGV[6] == 0 or #ARGV[6] ~= #(last[2] or '') then
    return {'incomparable', last[1]}
  end
  if ARGV[6] < last[2] then
    return {'outdated', last[1]}
  end
end

local head = header(KEYS[1])
store(KEYS[3], ARGV[1], ARGV[2])
store(KEYS[1], ARGV[1], ARGV[3])
redis.call('SETRANGE', KEYS[1], 36, ARGV[4])

-- Forgets what is over, and, where there are too many, the value that ends first.
local now = now_millis()
local count = 0
local first
ends[ARGV[5]] = nil
for version, end_ in pairs(ends) do
  if end_ ~= '' and tonumber(end_) <= now then
    redis.call('HDEL', KEYS[2], 'b' .. version)
  else
    count = count + 1
    if not first or ends[first] == '' or end_ ~= '' and tonumber(end_) < tonumber(ends[first]) then
      first = version
    end
  end
end
if count >= max_versions then
  redis.call('UNLINK', KEYS[1] .. '%b' .. first)
  redis.call('HDEL', KEYS[2], 'b' .. first)
end

local is_new = redis.call('EXISTS', KEYS[2]) == 0
local end_ = ARGV[2] == '' and '' or string.format('%.0f', now + tonumber(ARGV[2]))
redis.call('HSET', KEYS[2], 'l', ARGV[5], 'o', ARGV[6], 't', ARGV[2], 'b' .. ARGV[5], end_)
if is_new and ARGV[2] ~= '' then
  redis.call('PEXPIRE', KEYS[2], ARGV[2])
else
  remember(KEYS[2], ARGV[2])
end
wake(head, KEYS[1], ARGV[8])
return {}
