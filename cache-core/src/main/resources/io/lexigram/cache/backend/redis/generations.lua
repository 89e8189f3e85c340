-- The hash KEYS[1] holds the clock under 'c' (a stamp of 8 bytes and a nonce of 8), the highest stamp that was pruned under
-- 'f', and stamps of groups under 'g' and the group. KEYS[2] is a stream of the ticks, KEYS[3] a sorted set of the groups by
-- seq. A stamp is 28 bits of incarnation and 36 of seq; a number of this language holds 53.
local word = 4294967296
local last_seq = 16 * word - 1
local log_length = 10000

local function seq_of(stamp)
  local high, low = struct.unpack('>I4I4', stamp)
  return high % 16 * word + low
end

local function incarnation_of(stamp)
  return math.floor(struct.unpack('>I4', stamp) / 16)
end

local function stamp_of(incarnation, seq)
  return struct.pack('>I4I4', incarnation * 16 + math.floor(seq / word), seq % word)
end

-- The clock; nil where there is none.
local function clock_of(key)
  local clock = redis.pcall('HGET', key, 'c')
  return type(clock) == 'string' and #clock == 16 and clock or nil
end

local function tick_id(seq)
  return string.format('%.0f-1', seq)
end
