local function log_tick(clock, groups)
  local id = tick_id(seq_of(clock))
  local nonce = string.sub(clock, 9)
  local added = redis.pcall('XADD', KEYS[2], 'MAXLEN', '~', log_length, id, 'n', nonce, 'g', groups)
  if type(added) == 'table' then
    redis.call('DEL', KEYS[2])
    redis.call('XADD', KEYS[2], id, 'n', nonce, 'g', groups)
  end
end

-- Forgets everything, so that nothing is valid that was stored before. The removal comes first: what follows a write is not
-- refused for want of memory.
local function start_clock(clock)
  redis.call('UNLINK', KEYS[1], KEYS[2], KEYS[3])
  redis.call('HSET', KEYS[1], 'c', clock)
  log_tick(clock, '')
  return clock
end
