-- What is under a key: an envelope begins with 0x9C 'L' and is longer than its header of 64 bytes; a lease record is that
-- header alone and counts as absent; anything else is raw.

-- The length of a string; 0 where there is nothing, or something that is no string.
local function length(key)
  local bytes = redis.pcall('STRLEN', key)
  return type(bytes) == 'number' and bytes or 0
end

local function marked(key)
  return redis.call('GETRANGE', key, 0, 1) == '\156L'
end

-- Whether the life of a value is over that is kept for the case that a load fails: how long it is kept is at offset 80.
local function is_stale(key)
  local grace = struct.unpack('>I8', redis.call('GETRANGE', key, 80, 87))
  local left = grace > 0 and redis.call('PTTL', key) or -1
  return left >= 0 and left <= grace
end

local function is_live(key)
  local bytes = length(key)
  if bytes >= 96 and marked(key) then
    return not is_stale(key)
  end
  return bytes > 0 and not (bytes == 64 and marked(key))
end

local function is_envelope(key)
  return length(key) > 64 and marked(key)
end

-- A big-endian number of 4 bytes at this offset, and the bytes of a text that such a number precedes; nil beyond the end.
local function number_at(key, offset)
  local bytes = redis.call('GETRANGE', key, offset, offset + 3)
  return #bytes == 4 and struct.unpack('>I4', bytes) or nil
end

local function text_at(key, offset)
  local bytes = number_at(key, offset)
  if not bytes then
    return nil
  end
  local text = bytes == 0 and '' or redis.call('GETRANGE', key, offset + 4, offset + 3 + bytes)
  return #text == bytes and text or nil
end

-- The tags of an envelope; nil where the format is not 1 or the tags are cut short.
local function tags_of(key)
  if redis.call('GETRANGE', key, 2, 2) ~= '\1' then
    return nil
  end
  local count = number_at(key, 96)
  local offset = 100
  local tags = {}
  for i = 1, count or 0 do
    tags[i] = text_at(key, offset)
    if not tags[i] then
      return nil
    end
    offset = offset + 4 + #tags[i]
  end
  return count and tags
end

