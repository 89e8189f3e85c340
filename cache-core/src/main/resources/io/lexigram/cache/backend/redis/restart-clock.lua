-- Starts with the clock ARGV[2] where the clock is still ARGV[1]. Answers the clock.
local clock = clock_of(KEYS[1])
if not clock or clock == ARGV[1] then
  clock = start_clock(ARGV[2])
end
return clock
