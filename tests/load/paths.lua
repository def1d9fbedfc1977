-- For wrk: asks for the paths in a file, one after the other and over again, and says in one line of JSON what came of it.
--
--   wrk … -s paths.lua http://… -- FILE PAUSE
--
-- PAUSE is how many milliseconds a connection waits between an answer and its next request.

local threads = 0
local asking, at = {}, 0

function setup(thread)
   thread:set("place", threads)
   threads = threads + 1
end

function init(arguments)
   for path in io.lines(arguments[1]) do
      asking[#asking + 1] = wrk.format("GET", path)
   end
   -- Each thread begins elsewhere.
   at = place * math.floor(#asking / 2)
   local pause = tonumber(arguments[2])
   if pause > 0 then
      function delay() return pause end
   end
end

function request()
   at = at % #asking + 1
   return asking[at]
end

function done(summary, latency)
   local errors = summary.errors
   local line = '{"requests":%d,"seconds":%.6f,"refused":%d,"broken":%d,"p50":%.3f,"p99":%.3f,"worst":%.3f}\n'
   local broken = errors.connect + errors.read + errors.write + errors.timeout
   io.write(string.format(line, summary.requests, summary.duration / 1e6, errors.status, broken,
      latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, latency.max / 1e3))
end
