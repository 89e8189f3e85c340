-- Adds ARGV[1] to the hits of an envelope and notes the last access ARGV[2] (8 bytes) behind them.
if not is_envelope(KEYS[1]) then
  return 0
end
local hits = struct.unpack('>I8', redis.call('GETRANGE', KEYS[1], 44, 51))
redis.call('SETRANGE', KEYS[1], 44, struct.pack('>I8', hits + tonumber(ARGV[1])) .. ARGV[2])
return 1
