using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Users;

public sealed class BearerTests(UsersApp app)
{
    private const string Password = "correct horse battery";

    [Fact]
    public async Task RegisteredUser_SignsInAndCallsWithItsToken()
    {
        using var http = app.CreateClient();
        var email = $"{Guid.NewGuid():N}@example.com";
        (await http.PostAsJsonAsync("/api/auth/register", new { email, password = Password })).StatusCode.ShouldBe(HttpStatusCode.OK);
        var login = await http.PostAsJsonAsync("/api/auth/login", new { email, password = Password });
        var tokens = await login.Content.ReadFromJsonAsync<JsonObject>();

        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)tokens!["accessToken"]!);
        var info = await http.GetFromJsonAsync<JsonObject>("/api/auth/manage/info");

        ((string)info!["email"]!).ShouldBe(email);
    }

    [Fact]
    public async Task NobodySignedIn_ApiAnswers401AndPagesRedirect()
    {
        using var http = app.CreateClient(new() { AllowAutoRedirect = false });

        var api = await http.GetAsync("/api/auth/manage/info");
        var page = await http.GetAsync("/");

        api.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await api.Content.ReadAsStringAsync()).ShouldContain("unauthenticated");
        page.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        page.Headers.Location!.PathAndQuery.ShouldStartWith("/account/sign-in");
    }
}
