namespace ExEngine.Core.Bots.Backtest.Jobs;

/// <summary>How far a job is, told by who works on it and read by who watches. Thread-safe.</summary>
public sealed class JobProgress
{
    private volatile int _percent;
    private volatile string? _step;

    /// <summary>0 to 100.</summary>
    public int Percent => _percent;
    public string? Step => _step;

    public void Tell(int percent, string step) => (_percent, _step) = (Math.Clamp(percent, 0, 100), step);
}
