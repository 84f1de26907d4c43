using System.Diagnostics;
using System.Globalization;
using ExEngine.Core.Hosting;
using ExEngine.Tests.FakeExchange;
using ExEngine.Tests.Support;

namespace ExEngine.Tests.Path.Chaos;

/// <summary>
/// What <c>eng/chaos.sh</c> runs: the code of the tests, in full. Prints a line for each run; the exit code is 1 when anything was wrong.
/// </summary>
internal static class ChaosCommand
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        var names = arguments[1..].Where(Failpoint.Names.Contains).ToList();
        var numbers = arguments[1..].Except(names).Select(a => int.Parse(a, CultureInfo.InvariantCulture)).ToArray();
        int Number(int index, int otherwise) => index < numbers.Length ? numbers[index] : otherwise;
        try
        {
            return arguments[0] switch
            {
                "--kills" => await KillsAsync(Number(0, 2_000), Number(1, 20), Number(2, 1)),
                "--failpoints" => await FailpointsAsync(Number(0, 10), Number(1, 1), names.Count > 0 ? names : WithoutBots),
                "--bots" => await BotsAsync(Number(0, 500), Number(1, 25), Number(2, 1)),
                "--freeze" => await FreezeAsync(Number(0, 30), Number(1, 1)),
                "--matrix" => await MatrixAsync(Number(0, 20)),
                var other => throw new ArgumentException(
                    $"{other} is unknown. There are --kills, --failpoints, --bots, --freeze and --matrix."
                ),
            };
        }
        finally
        {
            await PostgresServer.StopSharedAsync();
        }
    }

    // Alerts do not reach those of bots.
    private static IReadOnlyList<string> WithoutBots => [.. Failpoint.Names.Where(n => !n.StartsWith("bot", StringComparison.Ordinal))];

    private static async Task<int> BotsAsync(int steps, int killEvery, int seed)
    {
        string[] databases = [TwoDatabases.Sqlite, TwoDatabases.Postgres];
        var same = true;
        var untouched = await BotChaos.RunAsync(databases[0], steps, killEvery: 0, seed);
        foreach (var database in databases)
        {
            var watch = Stopwatch.StartNew();
            var killed = await BotChaos.RunAsync(database, steps, killEvery, seed, Console.WriteLine);
            same &= killed.Books == untouched.Books;
            Console.WriteLine(
                $"{database}: {steps} steps, {killed.Kills} kills, {killed.Fills} fills, books {(killed.Books == untouched.Books ? "as without kills, digit for digit" : "DIFFER")}, {watch.Elapsed.TotalSeconds:F0} s"
            );
            if (killed.Books != untouched.Books)
            {
                Console.WriteLine($"without kills:\n{untouched.Books}\nwith kills:\n{killed.Books}");
            }
        }

        return same ? 0 : 1;
    }

    private static Task<int> KillsAsync(int signals, int kills, int seed) =>
        OnBothAsync($"{kills} kills, seed {seed}", database => KillChaos.RunAsync(database, signals, kills, seed));

    private static Task<int> FailpointsAsync(int times, int seed, IReadOnlyList<string> names) =>
        OnBothAsync(
            $"each failpoint {times} times, seed {seed}",
            database => FailpointChaos.RunAsync(database, times, seed, names, reached => Console.WriteLine($"{database}: {reached}"))
        );

    // At once: most of the time is waiting.
    private static async Task<int> OnBothAsync(string what, Func<string, Task<OrderAudit>> run)
    {
        string[] databases = [TwoDatabases.Sqlite, TwoDatabases.Postgres];
        return (await Task.WhenAll(databases.Select(d => PrintAsync($"{d}, {what}", () => run(d))))).Sum();
    }

    private static Task<int> FreezeAsync(int rounds, int seed) =>
        PrintAsync(
            $"PostgreSQL, two instances, {rounds} rounds, seed {seed}",
            async () =>
            {
                var (audit, takenOver, late) = await FreezeChaos.RunAsync(rounds, seed);
                Console.WriteLine(
                    $"a thawed instance found {takenOver} accounts taken over, and {late} sendings were stopped by their deadline"
                );
                return audit;
            }
        );

    private static async Task<int> MatrixAsync(int each)
    {
        await using var matrix = new AmbiguityMatrix(each);
        await matrix.StartAsync();
        var failed = 0;
        foreach (var kind in Enum.GetValues<FaultKind>())
        {
            failed += await PrintAsync(
                $"{kind}, {each} of each cell",
                async () =>
                {
                    var (audit, settled) = await matrix.RunAsync(kind);
                    Console.WriteLine($"{kind}: all settled after {settled.TotalSeconds:F1} s");
                    return audit;
                }
            );
        }

        return failed == 0 ? 0 : 1;
    }

    private static async Task<int> PrintAsync(string name, Func<Task<OrderAudit>> run)
    {
        var watch = Stopwatch.StartNew();
        var audit = await run();
        Console.WriteLine(
            $"{name}: {audit.Signals} signals accepted, {audit.Lost} lost, {audit.Duplicated} duplicated, {audit.Wrong.Count} wrong, {watch.Elapsed.TotalSeconds:F0} s"
        );
        foreach (var wrong in audit.Wrong.Take(20))
        {
            Console.WriteLine($"  {wrong}");
        }

        return audit.Wrong.Count == 0 ? 0 : 1;
    }
}
