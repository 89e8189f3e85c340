-- Lets KEYS[1] live ARGV[1] ms more, or for ever where that is '', and notes the end ARGV[2] (8 bytes) in an envelope. What
-- is kept past its life is kept as long after the new end. With an entry id ARGV[3] only the envelope of that id, and only
-- where it would end sooner.
-- Answers nothing where nothing was changed, else '1' and the tags of an envelope.
if not is_live(KEYS[1]) then
  return {}
end
local grace = is_envelope(KEYS[1]) and struct.unpack('>I8', redis.call('GETRANGE', KEYS[1], 80, 87)) or 0
if ARGV[3] then
  local left = redis.call('PTTL', KEYS[1])
  if not is_envelope(KEYS[1]) or redis.call('GETRANGE', KEYS[1], 4, 11) ~= ARGV[3]
      or left < 0 or ARGV[1] ~= '' and left >= ARGV[1] + grace then
    return {}
  end
end
if ARGV[1] == '' then
  redis.call('PERSIST', KEYS[1])
else
  redis.call('PEXPIRE', KEYS[1], string.format('%.0f', ARGV[1] + grace))
end
local answer = {'1'}
if is_envelope(KEYS[1]) then
  redis.call('SETRANGE', KEYS[1], 36, ARGV[2])
  for _, tag in ipairs(tags_of(KEYS[1]) or {}) do
    answer[#answer + 1] = tag
  end
end
return answer
