using ExEngine.Tests.Path.Chaos;
using Xunit.Runner.InProc.SystemConsole;

namespace ExEngine.Tests.FakeExchange;

/// <summary>
/// The tests; or, started with <c>fake-exchange</c>, the exchange that they talk to from a process of its own; or, with <c>chaos</c>, kills
/// in full; or, with <c>bot-bench</c>, what <c>eng/bench/bots.sh</c> measures; or, with
/// <c>intake-steps</c>, what <c>eng/bench/steps.sh</c> does.
/// </summary>
internal static class TestEntry
{
    public const string FakeExchange = "fake-exchange";

    private const string Chaos = "chaos";
    private const string BotBench = "bot-bench";
    private const string IntakeSteps = "intake-steps";

    public static Task<int> Main(string[] args) =>
        args is [FakeExchange, ..] ? FakeExchangeServer.RunAsync(args[1..])
        : args is [Chaos, ..] ? ChaosCommand.RunAsync(args[1..])
        : args is [BotBench, .. var counts] ? Path.Bots.BotBench.RunAsync(counts)
        : args is [IntakeSteps, ..] ? Webhooks.Intake.IntakeSteps.RunAsync()
        : ConsoleRunner.Run(args);
}
