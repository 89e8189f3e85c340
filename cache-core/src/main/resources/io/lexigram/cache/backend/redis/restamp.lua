-- Stamps the envelope KEYS[1] with ARGV[2] (8 bytes) where its entry id is still ARGV[1].
if is_envelope(KEYS[1]) and redis.call('GETRANGE', KEYS[1], 4, 11) == ARGV[1] then
  redis.call('SETRANGE', KEYS[1], 28, ARGV[2])
end
return 1
