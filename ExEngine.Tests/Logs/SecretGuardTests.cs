using ExEngine.Web.Logs;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Logs;

public sealed class SecretGuardTests
{
    private const string Secret = "sEcReT0123456789";

    [Theory]
    [InlineData("POST http://localhost/hooks/" + Secret + " failed")]
    [InlineData("GET https://trade.example/account/register?invitation=" + Secret + " failed")]
    [InlineData("Referer: http://localhost/account/reset?email=me%40example.org&code=" + Secret)]
    [InlineData("the secret is whsec_" + Secret)]
    [InlineData("Authorization: Bearer " + Secret)]
    [InlineData("Authorization: Basic " + Secret)]
    [InlineData("Host=db;Username=u;Password=" + Secret + ";Port=1")]
    [InlineData("{\"secret\": \"" + Secret + "\", \"symbol\": \"BTC/USDT\"}")]
    [InlineData("https://exchange.invalid/api?apiKey=" + Secret + "&signature=" + Secret)]
    [InlineData("Set-Cookie: " + Secret)]
    public void TextThatHoldsASecret_LosesItAndKeepsTheRest(string text)
    {
        SecretGuard.CleanText(text).ShouldNotContain(Secret);
        SecretGuard.CleanText(text).ShouldContain("***");
    }

    [Theory]
    [InlineData("POST /hooks/{token} 202 in 3.1 ms")]
    [InlineData("Redis is back")]
    public void OrdinaryText_StaysAsItIs(string text) => SecretGuard.CleanText(text).ShouldBe(text);

    [Fact]
    public void Event_LosesSecretsInPropertiesObjectsAndExceptions()
    {
        var heard = new List<LogEvent>();
        using var logger = new LoggerConfiguration().WriteTo.Sink(new Collector(heard)).CreateLogger();
        logger.Error(
            new InvalidOperationException("outer", new InvalidOperationException($"password={Secret}")),
            "Sent {Body} with {ApiKey} {@Account} {@Headers} to {RequestPath}",
            $"{{\"passphrase\":\"{Secret}\"}}",
            Secret,
            new { Name = "Main", Inner = new { Passphrase = Secret } },
            new Dictionary<string, string> { ["Authorization"] = Secret, ["Host"] = "localhost" },
            $"/hooks/{Secret}"
        );

        var clean = SecretGuard.Clean(heard.Single());

        var text = new StringWriter();
        new Serilog.Formatting.Json.JsonFormatter(renderMessage: true).Format(clean, text);
        text.ToString().ShouldNotContain(Secret);
        text.ToString().ShouldContain("Main");
        text.ToString().ShouldContain("localhost");
        text.ToString().ShouldContain($"at {typeof(Collector).FullName!.Replace("+", ".", StringComparison.Ordinal)}.Emit");
    }

    private sealed class Collector(List<LogEvent> heard) : ILogEventSink
    {
        public void Emit(LogEvent logEvent)
        {
            try
            {
                throw logEvent.Exception!;
            }
            catch (InvalidOperationException)
            {
                heard.Add(logEvent);
            }
        }
    }
}
