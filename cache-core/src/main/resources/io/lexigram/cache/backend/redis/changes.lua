-- The ticks since the clock ARGV[1]. Answers nothing where there is no clock; else the clock, then 'forked' where ARGV[1] is
-- not in its past although the incarnation is the same, 'unknown' where the log does not tell, or 'known' and for each tick its
-- stamp and its groups, each after its length in 4 bytes.
local clock = clock_of(KEYS[1])
if not clock then
  return {}
end
if incarnation_of(clock) ~= incarnation_of(ARGV[1]) then
  return {clock, 'unknown'}
end
local now = seq_of(clock)
local seen = seq_of(ARGV[1])
if now < seen or now == seen and clock ~= ARGV[1] then
  return {clock, 'forked'}
end
local ticks = now - seen <= 2 * log_length and redis.pcall('XRANGE', KEYS[2], tick_id(seen), tick_id(now)) or {}
if ticks.err or #ticks == 0 or ticks[1][1] ~= tick_id(seen) then
  return {clock, 'unknown'}
end
if ticks[1][2][2] ~= string.sub(ARGV[1], 9) then
  return {clock, 'forked'}
end
if #ticks ~= now - seen + 1 or ticks[#ticks][2][2] ~= string.sub(clock, 9) then
  return {clock, 'unknown'}
end
local answer = {clock, 'known'}
for i = 2, #ticks do
  answer[#answer + 1] = stamp_of(incarnation_of(clock), seen + i - 1)
  answer[#answer + 1] = ticks[i][2][4]
end
return answer
