using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Path;

[NeedsServer]
public sealed class NoSecretInProcessLogTests
{
    [Fact]
    public async Task TokensSecretsAndSignatures_AreInNoLog()
    {
        await using var app = await DurableApp.StartAsync(TwoDatabases.Sqlite, app => app["Logs:Level"] = "Verbose");
        var secrets = new List<string>();
        var trader = await ApiClient.SignUpAsync(app.Address);
        secrets.Add(trader.DefaultRequestHeaders.Authorization!.Parameter!);
        foreach (var auth in new[] { "standard", "hmac", "secret" })
        {
            var (_, door) = await DurableApp.DoorAsync(app, auth, trader);
            secrets.AddRange([door.Url.Split('/')[^1], door.Secret, door.Secret.Replace("whsec_", "", StringComparison.Ordinal)]);
            void Note(HttpRequestMessage request) =>
                secrets.AddRange(
                    request
                        .Headers.Where(h => h.Key.Contains("signature", StringComparison.OrdinalIgnoreCase))
                        .SelectMany(h => h.Value)
                        .Select(v => v.Replace("v1,", "", StringComparison.Ordinal).Replace("sha256=", "", StringComparison.Ordinal))
                );

            await door.SendAsync(DurableApp.Alert(1), change: Note);
            await door.SendAsync("{\"secret\":\"" + door.Secret + "\",\"action\":\"" + door.Secret + "\"}", change: Note);
            await door.SendAsync(door.Secret + " \0 broken", change: Note);
            await new Sender(door.Url, "whsec_Z3Vlc3M=", auth).SendAsync("{\"secret\":\"my-wrong-guess\"}", change: Note);
            await new Sender(door.Url + "-not", door.Secret, auth).SendAsync(DurableApp.Alert(2), change: Note);
            await new Sender(door.Url + "?q=" + door.Secret, door.Secret, auth).SendAsync(new string('x', 70_000), change: Note);
        }

        await app.StopAsync();
        var log =
            app.Log
            + string.Concat(
                Directory
                    .EnumerateFiles(app.DataDirectory, "*", SearchOption.AllDirectories)
                    .Where(f => f.Contains("log", StringComparison.OrdinalIgnoreCase) && !f.Contains(".db", StringComparison.Ordinal))
                    .Select(File.ReadAllText)
            );

        log.Length.ShouldBeGreaterThan(200);
        foreach (var secret in secrets.Append("my-wrong-guess"))
        {
            log.ShouldNotContain(secret, Case.Sensitive);
        }
    }
}
