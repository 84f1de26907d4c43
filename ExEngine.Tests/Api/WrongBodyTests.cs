using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ExEngine.Core.Text;
using ExEngine.Tests.Support;
using ExEngine.Tests.Text;
using ExEngine.Web.Api.Bots;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Api;

/// <summary>Bodies and parameters that cannot be read, at every door of the REST interface that there is.</summary>
[NeedsServer]
public sealed class WrongBodyTests(TwoDatabases databases) : IClassFixture<TwoDatabases>
{
    private static readonly string[] NoBody = ["", "{", "[1", "{\"name\":\"x\",}", "\"text\"", "5", "[]", "null"];

    [Fact]
    public async Task EveryDoor_SaysByFieldWhatWasSentAndWhatIsAllowed()
    {
        var app = await databases.OnAsync(TwoDatabases.Sqlite);
        var client = await ApiClient.SignUpAsync(app.Address);
        var doors = Doors(app.Get<EndpointDataSource>()).ToList();
        doors.Count.ShouldBeGreaterThan(30);
        var (fields, faults) = (0, new List<string>());

        foreach (var (method, path, type) in doors)
        {
            foreach (var body in NoBody)
            {
                var (status, problem) = await SendAsync(client, method, path, body);
                JsonFaultTests.ShouldNameNoType(problem);
                ((int)status).ShouldBeLessThan(500, $"{method} {path} {body}: {problem}");
            }

            // A body of the import may be the bot itself, whose fields are not ours; see below.
            foreach (var (field, value) in type == typeof(BotImportRequest) ? [] : Wrong(type))
            {
                var body = $$"""{"{{field}}":{{value}}}""";
                var (status, problem) = await SendAsync(client, method, path, body);
                JsonFaultTests.ShouldNameNoType(problem);
                var told = status == HttpStatusCode.BadRequest ? Error(problem, field) : null;
                if (told?.Contains("was sent", StringComparison.Ordinal) != true)
                {
                    faults.Add($"{method} {path} {body}: {status} {problem}");
                }

                fields++;
            }
        }

        faults.ShouldBeEmpty();
        fields.ShouldBeGreaterThan(200);
    }

    [Theory]
    [InlineData("/api/orders?accountId=mine", "accountId", "an id", "\"mine\" was sent")]
    [InlineData("/api/orders?from=yesterday", "from", "a time such as", "\"yesterday\" was sent")]
    [InlineData("/api/orders?limit=many", "limit", "a whole number", "\"many\" was sent")]
    [InlineData("/api/positions?open=perhaps", "open", "true or false", "\"perhaps\" was sent")]
    public async Task ParameterThatCannotBeRead_IsNamedToo(string address, string field, string allowed, string sent)
    {
        var app = await databases.OnAsync(TwoDatabases.Sqlite);
        var client = await ApiClient.SignUpAsync(app.Address);

        var answer = await client.GetAsync(address);
        var problem = await answer.Content.ReadAsStringAsync();

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, problem);
        JsonFaultTests.ShouldNameNoType(problem);
        var error = Error(problem, field);
        error.ShouldNotBeNull(problem);
        error.ShouldContain(allowed);
        error.ShouldContain(sent);
    }

    [Fact]
    public async Task SettingsOfABot_AreToldInTheSameWords()
    {
        var app = await databases.OnAsync(TwoDatabases.Sqlite);
        var client = await ApiClient.SignUpAsync(app.Address);

        var (status, problem) = await SendAsync(
            client,
            "POST",
            "/api/bots",
            $$$"""{"kind":"grid","name":"A grid","symbol":"BTC/USDT","accountId":"{{{Guid.NewGuid()}}}","settings":{"lower":"low","upper":[]}}"""
        );

        status.ShouldBe(HttpStatusCode.BadRequest, problem);
        JsonFaultTests.ShouldNameNoType(problem);
        var errors = JsonDocument.Parse(problem).RootElement.GetProperty("errors").GetRawText();
        errors.ShouldContain("settings.lower");
        errors.ShouldContain("an exact decimal");
        errors.ShouldContain("was sent");
    }

    [Theory]
    [InlineData("accountId", "\"mine\"", "an id")]
    [InlineData("symbol", "5", "a text in quotes")]
    [InlineData("create", "\"yes\"", "true or false")]
    public async Task FieldsOfAnImport_AreToldInTheSameWords(string field, string value, string allowed)
    {
        var app = await databases.OnAsync(TwoDatabases.Sqlite);
        var client = await ApiClient.SignUpAsync(app.Address);

        var (status, problem) = await SendAsync(client, "POST", "/api/bots/import", $$$"""{"bot":{},"{{{field}}}":{{{value}}}}""");

        status.ShouldBe(HttpStatusCode.BadRequest, problem);
        Error(problem, field)!.ShouldContain(allowed);
        Error(problem, field)!.ShouldContain($"{value} was sent");
    }

    private static string? Error(string problem, string field)
    {
        var root = JsonDocument.Parse(problem).RootElement;
        return root.TryGetProperty("errors", out var errors) && errors.TryGetProperty(field, out var told) ? told[0].GetString() : null;
    }

    private static async Task<(HttpStatusCode Status, string Problem)> SendAsync(HttpClient client, string method, string path, string body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static IEnumerable<(string Method, string Path, Type Type)> Doors(EndpointDataSource endpoints) =>
        from e in endpoints.Endpoints.OfType<RouteEndpoint>()
        where e.RoutePattern.RawText?.TrimStart('/').StartsWith("api/", StringComparison.Ordinal) == true
        let accepts = e.Metadata.GetMetadata<IAcceptsMetadata>()
        where accepts?.RequestType is not null && accepts.ContentTypes.Contains("application/json")
        let method = e.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods[0]
        // Not over REST at all, whatever the body.
        where
            !e.RoutePattern.RawText!.EndsWith("Password", StringComparison.Ordinal)
            && !e.RoutePattern.RawText.EndsWith("ConfirmationEmail", StringComparison.Ordinal)
        select (method, PathOf(e), accepts.RequestType!);

    private static string PathOf(RouteEndpoint endpoint) =>
        "/"
        + string.Join(
            '/',
            endpoint.RoutePattern.PathSegments.Select(s =>
                s.Parts[0] is Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart parameter
                    ? parameter.ParameterPolicies.Any(p => p.Content == "guid")
                        ? Guid.NewGuid().ToString()
                        : parameter.ParameterPolicies.Any(p => p.Content == "int")
                            ? "1"
                            : "BTC"
                    : ((Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart)s.Parts[0]).Content
            )
        );

    private static IEnumerable<(string Field, string Value)> Wrong(Type type) =>
        from p in ExactJson.Options.GetTypeInfo(type).Properties
        where p.Set is not null || p.AssociatedParameter is not null
        from value in Wrong(p)
        select (p.Name, value);

    private static string[] Wrong(JsonPropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return type == typeof(string) ? ["5", "{}"]
            : type == typeof(Guid) ? ["\"not-an-id\"", "5", "[]"]
            : type == typeof(bool) ? ["\"yes\"", "1"]
            : type == typeof(decimal) ? ["\"1,5\"", "true", "[]"]
            : type == typeof(int) ? ["\"abc\"", "99999999999", "1.5"]
            : type == typeof(DateTime) || type == typeof(DateTimeOffset) ? ["\"yesterday\"", "5"]
            : type.IsEnum ? ["\"sideways\"", "3"]
            : type == typeof(JsonElement) || type == typeof(object) ? []
            : ExactJson.Options.GetTypeInfo(type).Kind == JsonTypeInfoKind.Enumerable ? ["{}", "5"]
            : ["[]", "\"x\""];
    }
}
