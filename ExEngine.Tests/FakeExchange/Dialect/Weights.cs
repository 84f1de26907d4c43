using System.Globalization;
using System.Text.Json.Nodes;

namespace ExEngine.Tests.FakeExchange.Dialect;

/// <summary>Counts request weight per IP: over the limit 429, then, when that is ignored, 418 until the ban is over.</summary>
internal sealed class Weights
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Usage> _used = new(StringComparer.Ordinal);
    private FakeLimits _limits = new();

    public void Set(FakeLimits limits)
    {
        lock (_lock)
        {
            _limits = limits;
            _used.Clear();
        }
    }

    /// <returns>The weight used in this window with this request, and how to refuse it, if so.</returns>
    public (int Used, FakeAnswer? Refusal, int RetryAfter) Take(string ip, int weight, DateTimeOffset now)
    {
        lock (_lock)
        {
            var usage = _used.TryGetValue(ip, out var known) ? known : _used[ip] = new Usage();
            if (now < usage.BannedUntil)
            {
                return (usage.Weight, Banned(usage.BannedUntil), Seconds(usage.BannedUntil - now));
            }

            var window = now.ToUnixTimeSeconds() / _limits.WindowSeconds;
            if (usage.Window != window)
            {
                (usage.Window, usage.Weight, usage.Ignored) = (window, 0, 0);
            }

            usage.Weight += weight;
            if (_limits.Weight == 0 || usage.Weight <= _limits.Weight)
            {
                return (usage.Weight, null, 0);
            }

            if (++usage.Ignored > _limits.BanAfter)
            {
                usage.BannedUntil = now.AddSeconds(_limits.BanSeconds);
                return (usage.Weight, Banned(usage.BannedUntil), _limits.BanSeconds);
            }

            var end = DateTimeOffset.FromUnixTimeSeconds((window + 1) * _limits.WindowSeconds);
            return (usage.Weight, TooMuch(), Seconds(end - now));
        }
    }

    /// <returns>The orders of this account in this window with this one, and whether they are too many.</returns>
    public (int Count, bool Refused) Order(string account, DateTimeOffset now)
    {
        lock (_lock)
        {
            var key = "order " + account;
            var usage = _used.TryGetValue(key, out var known) ? known : _used[key] = new Usage();
            var window = now.ToUnixTimeSeconds() / 10;
            (usage.Window, usage.Weight) = (window, usage.Window == window ? usage.Weight + 1 : 1);
            return (usage.Weight, _limits.OrdersIn10Seconds > 0 && usage.Weight > _limits.OrdersIn10Seconds);
        }
    }

    public JsonArray Json()
    {
        lock (_lock)
        {
            return
            [
                Limit("REQUEST_WEIGHT", "MINUTE", 1, _limits.Weight == 0 ? 6_000 : _limits.Weight),
                Limit("ORDERS", "SECOND", 10, _limits.OrdersIn10Seconds == 0 ? 100 : _limits.OrdersIn10Seconds),
            ];
        }
    }

    public FakeAnswer TooManyOrders() =>
        FakeAnswer.Error(429, -1015, $"Too many new orders; current limit is {_limits.OrdersIn10Seconds} orders per 10 SECOND.");

    private static JsonObject Limit(string type, string interval, int number, int limit) =>
        new()
        {
            ["rateLimitType"] = type,
            ["interval"] = interval,
            ["intervalNum"] = number,
            ["limit"] = limit,
        };

    private FakeAnswer TooMuch() =>
        FakeAnswer.Error(
            429,
            -1003,
            $"Too much request weight used; current limit is {_limits.Weight} request weight per 1 MINUTE. "
                + "Please use WebSocket Streams for live updates to avoid polling the API."
        );

    private static FakeAnswer Banned(DateTimeOffset until) =>
        FakeAnswer.Error(
            418,
            -1003,
            $"Way too much request weight used; IP banned until {until.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)}. "
                + "Please use WebSocket Streams for live updates to avoid bans."
        );

    private static int Seconds(TimeSpan left) => Math.Max(1, (int)Math.Ceiling(left.TotalSeconds));

    private sealed class Usage
    {
        public long Window { get; set; }
        public int Weight { get; set; }
        public int Ignored { get; set; }
        public DateTimeOffset BannedUntil { get; set; }
    }
}
