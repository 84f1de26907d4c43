using System.Text.Json;
using ExEngine.Core.Exchanges.Ccxt;
using ExEngine.Core.Hosting;
using ExEngine.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Exchanges.Ccxt;

/// <summary>Exchange code that turned on its owner: what it may do in the gateway's place.</summary>
[NeedsServer]
public sealed class GatewayCageTests : IDisposable
{
    // Tries what a package that was taken over would try, and says what came of it.
    private const string Thief = """
        import { execFileSync } from 'node:child_process';
        import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
        import { dirname, join } from 'node:path';
        import { Worker } from 'node:worker_threads';
        const folder = dirname(process.env.GATEWAY_SOCKET);
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        const attempt = (act) => {
          try { return `done: ${String(act()).slice(0, 40)}`; } catch (error) { return `refused: ${error.code}`; }
        };
        const secret = readFileSync('secret.location', 'utf8');
        const found = {
          secret: attempt(() => readFileSync(secret)),
          environment: attempt(() => readFileSync(`/proc/${process.ppid}/environ`)),
          process: attempt(() => execFileSync('/bin/true')),
          thread: attempt(() => new Worker('1', { eval: true })),
          write: attempt(() => writeFileSync(join(dirname(secret), 'planted'), 'x')),
          variables: Object.keys(process.env).filter((name) => /PASSWORD|SECRET|ConnectionStrings/i.test(name)).join(),
        };
        writeFileSync(join(folder, 'found.json.part'), JSON.stringify(found));
        (await import('node:fs')).renameSync(join(folder, 'found.json.part'), join(folder, 'found.json'));
        console.log(JSON.stringify({ ready: 'yes' }));
        process.stdin.resume();
        """;

    private readonly string _folder = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"cage-{Guid.NewGuid():N}");
    private readonly string _socket = System.IO.Path.Combine(
        System.IO.Path.GetTempPath(),
        $"exengine-{Guid.NewGuid():N}"[..22],
        "gateway.sock"
    );

    public GatewayCageTests()
    {
        Need.Node();
        Directory.CreateDirectory(System.IO.Path.Combine(_folder, "gateway", "node_modules", "ccxt"));
        Directory.CreateDirectory(System.IO.Path.Combine(_folder, "data"));
        File.WriteAllText(System.IO.Path.Combine(_folder, "gateway", "server.mjs"), Thief);
        File.WriteAllText(System.IO.Path.Combine(_folder, "gateway", "secret.location"), System.IO.Path.Combine(_folder, "data", "secret"));
        File.WriteAllText(System.IO.Path.Combine(_folder, "data", "secret"), "the key of an exchange");
    }

    private GatewayPlace Place => new(GatewayPlace.FindProgram("node")!, System.IO.Path.Combine(_folder, "gateway"));

    [Fact]
    public async Task ExchangeCode_ReachesNeitherFilesNorProcessesNorTheirEnvironment()
    {
        var cage = await GatewayCage.FindAsync(Place, _socket, new GatewayOptions(), TestContext.Current.CancellationToken);
        await using var process = GatewayProcess.Start(Place, cage, _socket, TimeProvider.System, NullLogger.Instance);
        (await process.ListensAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken)).ShouldBeTrue(process.ExitSummary());

        var found = await FoundAsync();
        foreach (var attempt in new[] { "secret", "environment", "process", "thread", "write" })
        {
            found[attempt].ShouldStartWith("refused");
        }

        found["variables"].ShouldBeEmpty();
        var status = await File.ReadAllLinesAsync($"/proc/{process.Id}/status", TestContext.Current.CancellationToken);
        status.ShouldContain("NoNewPrivs:\t1");
        if (UnixAccount.IsRoot && UnixAccount.MayBecomeOthers)
        {
            cage.Open.ShouldBeEmpty();
            status.ShouldContain("CapBnd:\t0000000000000000");
            status.ShouldContain("CapEff:\t0000000000000000");
            status.Single(line => line.StartsWith("Uid:", StringComparison.Ordinal)).ShouldNotContain("\t0");
        }
    }

    [Fact]
    public async Task WithoutTheCage_TheSameCodeReadsTheSecret()
    {
        var cage = await GatewayCage.FindAsync(
            Place,
            _socket,
            new GatewayOptions { Confined = false },
            TestContext.Current.CancellationToken
        );
        await using var process = GatewayProcess.Start(Place, cage, _socket, TimeProvider.System, NullLogger.Instance);
        (await process.ListensAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken)).ShouldBeTrue(process.ExitSummary());

        (await FoundAsync())["secret"].ShouldStartWith("done");
        cage.Open.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task AccountThatMayNotReadTheGateway_IsSaid()
    {
        if (!UnixAccount.IsRoot || !UnixAccount.MayBecomeOthers)
        {
            // Nobody else's account is chosen here, and setpriv alone has nothing to say.
            return;
        }

        File.SetUnixFileMode(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        var cage = await GatewayCage.FindAsync(Place, _socket, new GatewayOptions(), TestContext.Current.CancellationToken);

        cage.Open.ShouldHaveSingleItem().ShouldContain("it runs as root, since nobody may not read");
    }

    [Theory]
    [InlineData("20.20.2", "--experimental-permission", false)]
    [InlineData("22.12.0", "--experimental-permission", false)]
    [InlineData("22.13.0", "--permission", false)]
    [InlineData("23.4.0", "--experimental-permission", false)]
    [InlineData("24.1.0", "--permission", false)]
    [InlineData("25.0.0", "--permission", true)]
    public void EachNode_HasItsOwnFlags(string version, string flag, bool mustAllowTheNetwork)
    {
        var flags = GatewayCage.FlagsOf(Version.Parse(version), "/gateway", "/socket", []);

        flags.ShouldContain(flag);
        flags.Contains("--allow-net").ShouldBe(mustAllowTheNetwork);
        flags.ShouldContain("--allow-fs-read=/gateway/");
    }

    [Fact]
    public void OwnProcess_IsClosedToOthersOfItsAccount()
    {
        ClosedProcess.Close();

        ClosedProcess.IsOpen.ShouldBe(!OperatingSystem.IsLinux());
    }

    public void Dispose()
    {
        Directory.Delete(_folder, true);
        if (Directory.Exists(System.IO.Path.GetDirectoryName(_socket)))
        {
            Directory.Delete(System.IO.Path.GetDirectoryName(_socket)!, true);
        }
    }

    private async Task<Dictionary<string, string>> FoundAsync()
    {
        var path = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(_socket)!, "found.json");
        await Until.True(() => File.Exists(path));
        return JsonSerializer.Deserialize<Dictionary<string, string>>(
            await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)
        )!;
    }
}
