using System.Net;
using ExEngine.Core.Webhooks.Intake;

namespace ExEngine.Web.Logs;

/// <summary>
/// How many lines an address may cause in a minute with requests of nobody who is signed in; what is more is counted, and told in one line
/// when the minute is over. So nobody can fill the disk, or bury a line under a hundred thousand. Thread-safe.
/// </summary>
public sealed class AnonymousLines(int perMinute, TimeProvider time)
{
    // Addresses are cheap in IPv6 even by /64; those beyond share one budget.
    private const int MaxAddresses = 10_000;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Dictionary<(IPAddress Address, bool IsSecurity), Budget> _budgets = [];
    private readonly Lock _lock = new();

    /// <summary>Whether one more line may be written; else it is counted.</summary>
    /// <param name="isSecurity">Lines of the security log have a budget of their own, so that request lines cannot use it up.</param>
    public bool Admit(IPAddress? address, bool isSecurity)
    {
        var key = (SourceAddresses.Subscriber(address), isSecurity);
        lock (_lock)
        {
            if (!_budgets.ContainsKey(key) && _budgets.Count >= MaxAddresses)
            {
                key = (IPAddress.None, isSecurity);
            }

            if (!_budgets.TryGetValue(key, out var budget))
            {
                _budgets[key] = budget = new Budget(time.GetTimestamp());
            }

            budget.Lines++;
            return budget.Lines <= perMinute;
        }
    }

    /// <summary>What was left out in the minutes that are over, and forgets them.</summary>
    /// <param name="all">Those that are not over too.</param>
    public IReadOnlyList<LeftOut> End(bool all = false)
    {
        var found = new List<LeftOut>();
        lock (_lock)
        {
            var now = time.GetTimestamp();
            foreach (var (key, budget) in _budgets.Where(b => all || time.GetElapsedTime(b.Value.Since, now) >= Minute).ToList())
            {
                _budgets.Remove(key);
                if (budget.Lines > perMinute)
                {
                    found.Add(new(key.Address, key.IsSecurity, budget.Lines - perMinute));
                }
            }
        }

        return found;
    }

    private sealed class Budget(long since)
    {
        public long Since => since;
        public long Lines { get; set; }
    }
}

/// <param name="Address">An IPv6 subscriber's /64; <c>255.255.255.255</c> stands for many.</param>
public sealed record LeftOut(IPAddress Address, bool IsSecurity, long Lines);
