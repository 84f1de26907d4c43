namespace ExEngine.Tests.Path.Live;

/// <summary>The same with alarms after seconds instead of a minute.</summary>
public sealed class ImpatientLiveApp : LiveApp
{
    protected override Task<string?> DatabaseAsync()
    {
        App["Execution:AlarmAfter"] = "00:00:03";
        return base.DatabaseAsync();
    }
}
