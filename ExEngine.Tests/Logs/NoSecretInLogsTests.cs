using System.Net.Http.Json;
using System.Text;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Logs;

[NeedsServer]
public sealed class NoSecretInLogsTests
{
    [Fact]
    public async Task FromSignUpToAlert_NoSecretReachesConsoleOrFiles()
    {
        await using var app = new AppProcess { ["Logs:Level"] = "Verbose", ["Gateway:Enabled"] = "false" };
        await app.StartAsync();
        using var client = await ApiClient.SignUpAsync(app.Address);
        var bearer = client.DefaultRequestHeaders.Authorization!.Parameter!;
        var account = await PostAsync(
            client,
            "/api/accounts",
            new
            {
                name = "Paper",
                exchange = "paper",
                mode = "paper",
            }
        );
        var webhook = await PostAsync(
            client,
            "/api/webhooks",
            new
            {
                name = "Webhook",
                accountId = account.GetProperty("id").GetString(),
                sender = "other",
                auth = "secret",
                preset = "auto",
                execute = false,
            }
        );
        var url = new Uri(webhook.GetProperty("url").GetString()!);
        var secret = webhook.GetProperty("secret").GetString()!;
        var path = url.AbsolutePath;
        await SendAsync(client, path, secret);
        await SendAsync(client, path, "wrong-" + secret);
        await SendAsync(client, path + "x", secret);
        await client.GetAsync(path);
        await app.StopAsync();

        var written = app.Log;
        foreach (var file in Directory.GetFiles(System.IO.Path.Combine(app.DataDirectory, "logs")))
        {
            written += await File.ReadAllTextAsync(file);
        }

        written.ShouldContain("/hooks/{token}");
        written.ShouldContain("/api/auth/login");
        foreach (var hidden in new[] { bearer, secret, path.Split('/')[^1], ApiClient.Password })
        {
            written.Contains(hidden, StringComparison.Ordinal).ShouldBeFalse($"a secret of {hidden.Length} characters is in the log");
        }
    }

    private static async Task<System.Text.Json.JsonElement> PostAsync(HttpClient client, string path, object body) =>
        await ApiClient.SucceedAsync(await client.PostAsJsonAsync(path, body));

    private static async Task SendAsync(HttpClient client, string path, string secret)
    {
        using var body = new StringContent(
            $"{{\"secret\":\"{secret}\",\"symbol\":\"BTC/USDT\",\"action\":\"buy\",\"trade_quantity\":\"0.001\"}}",
            Encoding.UTF8
        );
        using var answer = await client.PostAsync(path, body);
    }
}
