-- wrk script: posts prepared alerts (ALERTS, ALERTS_COUNT), each once, shared out over the threads; prints one line of figures.
local threads = {}
function setup(thread)
  thread:set('index', #threads)
  table.insert(threads, thread)
end

function init(args)
  local count = tonumber(os.getenv('ALERTS_COUNT'))
  local share = math.floor(count / tonumber(os.getenv('ALERTS_THREADS')))
  alerts, at = {}, 0
  local n = 0
  for line in io.lines(os.getenv('ALERTS')) do
    if math.floor(n / share) == index then
      local path, signature, body = line:match('([^\t]+)\t([^\t]+)\t(.+)')
      table.insert(alerts, wrk.format('POST', path,
        { ['Content-Type'] = 'application/json', ['X-Hub-Signature-256'] = 'sha256=' .. signature }, body))
    end
    n = n + 1
  end
  exhausted, refused = 0, 0
end

function request()
  at = at + 1
  if at > #alerts then at = 1; exhausted = exhausted + 1 end
  return alerts[at]
end

function response(status)
  if status ~= 202 then refused = refused + 1 end
end

function done(summary, latency)
  local refusals, runs_out = 0, 0
  for _, thread in ipairs(threads) do
    refusals = refusals + thread:get('refused')
    runs_out = runs_out + thread:get('exhausted')
  end
  io.write(string.format('RESULT %.0f %.2f %.2f %d %d %d\n', summary.requests / (summary.duration / 1e6),
    latency:percentile(50) / 1000, latency:percentile(99) / 1000, refusals, runs_out, summary.requests))
end
