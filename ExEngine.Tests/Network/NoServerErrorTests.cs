using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ExEngine.Tests.Path;
using ExEngine.Tests.Support;
using ExEngine.Tests.Users;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Network;

/// <summary>Whatever comes is answered by what was wrong with it, never by a 500: every parameter and field of every route.</summary>
[NeedsServer]
public sealed class NoServerErrorTests(DoorsApp app)
{
    private static readonly string[] Values =
    [
        "",
        " ",
        "0001-01-01",
        "0001-01-01T00:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59.9999999Z",
        "9999-12-31T23:59:59-14:00",
        "1969-12-31T23:59:59Z",
        "1970-01-01",
        "-1",
        "0",
        "1e400",
        "79228162514264337593543950336",
        "0.00000000000000000000000000000001",
        "NaN",
        "null",
        "true",
        "\0",
        "\uFFFD\u200B",
        "ä",
        "💥",
        "%zz",
        "../../etc/passwd",
        "' OR 1=1 --",
        "00000000-0000-0000-0000-000000000000",
        "ffffffff-ffff-ffff-ffff-ffffffffffff",
        new('x', 3_000),
    ];

    private static readonly string[] Bodies = ["", "null", "[]", "{}", "\"text\"", "{", "{\"x\":{\"y\":[null]}}", "\uFEFF{}", "1"];

    private JsonElement _document;

    [Fact]
    public async Task EveryParameterOfEveryGet_IsAnswered()
    {
        var client = await app.SignUpAsync();
        await DoorsApp.WebhookAsync(client);
        var failures = new List<string>();
        foreach (var (path, operation) in await RoutesAsync(client, "get"))
        {
            var names = Names(operation, "query");
            foreach (var value in Values)
            {
                foreach (var name in names.DefaultIfEmpty(""))
                {
                    var query = name.Length > 0 ? $"?{name}={Uri.EscapeDataString(value)}" : "";
                    await TryAsync(client, HttpMethod.Get, Filled(path, value) + query, null, failures);
                }
            }
        }

        failures.ShouldBeEmpty();
    }

    [Fact]
    public async Task EveryFieldOfEveryBody_IsAnswered()
    {
        var client = await app.SignUpAsync();
        var failures = new List<string>();
        foreach (var method in new[] { "post", "put" })
        {
            // Signing in and out is for the tests of users: here it would end the session that asks.
            foreach (
                var (path, operation) in (await RoutesAsync(client, method)).Where(r =>
                    !r.Path.StartsWith("/api/auth", StringComparison.Ordinal)
                )
            )
            {
                var verb = new HttpMethod(method.ToUpperInvariant());
                foreach (var body in Bodies.Concat(Fields(operation).SelectMany(f => Values.Select(v => Body(f, v)))))
                {
                    await TryAsync(client, verb, Filled(path, Guid.NewGuid().ToString()), body, failures);
                }
            }
        }

        failures.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("from=1970-01-01T00:00:00Z")]
    [InlineData("from=0001-01-01T00:00:00Z")]
    [InlineData("to=9999-12-31T23:59:59Z")]
    [InlineData("from=1969-01-01T00:00:00Z&to=9999-12-31T23:59:59Z")]
    public async Task EndsOfTime_HideNothing(string range)
    {
        var client = await app.SignUpAsync();
        var door = Sender.At(await DoorsApp.WebhookAsync(client), app.Address, "hmac");
        (await door.SendAsync("""{"symbol":"BTC/USDT","action":"exit"}""")).Status.ShouldBe(HttpStatusCode.Accepted);

        var signals = await client.GetFromJsonAsync<JsonElement>("/api/signals?" + range);

        signals.GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Theory]
    [InlineData("/signals?symbol=ä", "/signals?symbol=%C3%A4")]
    [InlineData("/a b/💥", "/a%20b/%F0%9F%92%A5")]
    [InlineData("/%C3%A4", "/%C3%A4")]
    public async Task ReturnUrlThatIsNoAscii_IsGoneTo(string to, string expected)
    {
        using var visitor = new Visitor(app.Address);
        await visitor.RegisterByApiAsync();

        var answer = await visitor.SubmitAsync(
            $"/account/sign-in?returnUrl={Uri.EscapeDataString(to)}",
            "sign-in",
            ("Input.Email", visitor.Email),
            ("Input.Password", Visitor.Password)
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        visitor.GoesTo(answer).ShouldBe(expected);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData(
        """{"id":"AA","rawId":"AA","type":"public-key","response":{"clientDataJSON":"AA","authenticatorData":"AA","signature":"AA"},"clientExtensionResults":{}}"""
    )]
    public async Task PasskeyThatAnswersNoQuestion_IsRefused(string credential)
    {
        using var visitor = new Visitor(app.Address);

        var answer = await visitor.SubmitAsync("/account/sign-in", "passkey", ("Credential", credential));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("does not belong to an account here");
    }

    [Fact]
    public async Task SameIdempotencyKeyAtOnce_IsOneOrder()
    {
        var client = await app.SignUpAsync();
        var account = await DoorsApp.PaperAccountAsync(client);
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 12)
                .Select(async _ =>
                {
                    using var request = new HttpRequestMessage(HttpMethod.Post, "/api/orders")
                    {
                        Content = JsonContent.Create(
                            new
                            {
                                accountId = account,
                                symbol = "BTC/USDT",
                                side = "buy",
                                type = "limit",
                                price = "100",
                                quantity = "1",
                            }
                        ),
                    };
                    request.Headers.Add("Idempotency-Key", "the same");
                    return await client.SendAsync(request);
                })
        );

        answers.ShouldAllBe(a => (int)a.StatusCode < 300);
        (await client.GetFromJsonAsync<JsonElement>("/api/orders")).GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    private static async Task TryAsync(HttpClient client, HttpMethod method, string path, string? body, List<string> failures)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if ((int)answer.StatusCode >= 500 && answer.StatusCode is not (HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable))
        {
            failures.Add($"{(int)answer.StatusCode} {method} {path} {body?[..Math.Min(body.Length, 200)]}");
        }
    }

    private async Task<IReadOnlyList<(string Path, JsonElement Operation)>> RoutesAsync(HttpClient client, string method)
    {
        var document = await client.GetFromJsonAsync<JsonElement>("/openapi/v1.json");
        _document = document;
        return
        [
            .. document
                .GetProperty("paths")
                .EnumerateObject()
                .Where(p => p.Value.TryGetProperty(method, out _))
                .Select(p => (p.Name, p.Value.GetProperty(method))),
        ];
    }

    private static IReadOnlyList<string> Names(JsonElement operation, string place) =>
        operation.TryGetProperty("parameters", out var all)
            ? [.. all.EnumerateArray().Where(p => p.GetProperty("in").GetString() == place).Select(p => p.GetProperty("name").GetString()!)]
            : [];

    // The fields of a body, one level deep.
    private IEnumerable<string> Fields(JsonElement operation)
    {
        if (
            !operation.TryGetProperty("requestBody", out var body)
            || !body.GetProperty("content").TryGetProperty("application/json", out var json)
        )
        {
            return [];
        }

        var schema = json.GetProperty("schema");
        if (schema.TryGetProperty("oneOf", out var several))
        {
            schema = several.EnumerateArray().Last();
        }

        if (schema.TryGetProperty("$ref", out var reference))
        {
            schema = _document.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1]);
        }

        return schema.TryGetProperty("properties", out var fields) ? [.. fields.EnumerateObject().Select(f => f.Name)] : [];
    }

    private static string Filled(string path, string value)
    {
        var parts = path.Split('/').Select(p => p.StartsWith('{') ? Uri.EscapeDataString(value.Length == 0 ? "x" : value) : p);
        return string.Join('/', parts);
    }

    private static string Body(string field, string value) => JsonSerializer.Serialize(new Dictionary<string, string> { [field] = value });
}
