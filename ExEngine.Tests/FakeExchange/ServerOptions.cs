using System.Globalization;

namespace ExEngine.Tests.FakeExchange;

/// <summary>The command line: <c>--port 5099 --sandbox --ledger file</c>.</summary>
/// <param name="Port">0 takes any.</param>
/// <param name="Sandbox">With a known account and prices that walk.</param>
/// <param name="LedgerFile">Where the ledger is appended to, besides memory.</param>
internal sealed record ServerOptions(int Port, bool Sandbox, string? LedgerFile)
{
    public static ServerOptions Read(string[] arguments)
    {
        var options = new ServerOptions(0, false, null);
        for (var i = 0; i < arguments.Length; i++)
        {
            options = arguments[i] switch
            {
                "--port" => options with { Port = int.Parse(arguments[++i], CultureInfo.InvariantCulture) },
                "--ledger" => options with { LedgerFile = arguments[++i] },
                "--sandbox" => options with { Sandbox = true },
                var other => throw new ArgumentException($"{other} is unknown. There are --port number, --ledger file, --sandbox."),
            };
        }

        return options;
    }
}
