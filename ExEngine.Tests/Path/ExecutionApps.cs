using ExEngine.Tests.Support;

namespace ExEngine.Tests.Path;

/// <summary>The application with its engine running, on each database.</summary>
public sealed class ExecutionApps : IntakeApps
{
    protected override void Configure(AppFactory app) => app["Execution:Enabled"] = "true";
}
