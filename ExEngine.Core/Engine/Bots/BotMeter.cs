using System.Diagnostics.Metrics;

namespace ExEngine.Core.Engine.Bots;

/// <summary>How soon bots act. Costs nothing while nobody listens; <c>dotnet-counters</c> and <c>eng/bench/bots.sh</c> do.</summary>
internal sealed class BotMeter(IMeterFactory meters)
{
    public const string Meter = "ExEngine.Bots";
    public const string Reaction = "exengine.bots.reaction";

    private readonly Histogram<long> _reaction = meters
        .Create(Meter)
        .CreateHistogram<long>(Reaction, "us", "From the price or the trade that a bot acts on to its stored orders.");

    /// <param name="since">UTC: when the price was heard, or when the first of the trades was made.</param>
    /// <param name="now">UTC.</param>
    public void Acted(DateTime since, DateTime now)
    {
        if (_reaction.Enabled)
        {
            _reaction.Record(Math.Max(0, (now - since).Ticks / TimeSpan.TicksPerMicrosecond));
        }
    }
}
