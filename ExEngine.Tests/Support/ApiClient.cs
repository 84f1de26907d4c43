using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace ExEngine.Tests.Support;

/// <summary>Users of the REST interface.</summary>
public static class ApiClient
{
    public const string Password = "a long and rare pass phrase 47";

    private static int _users;

    /// <summary>Registers a new user and signs in. The client carries the bearer token.</summary>
    public static async Task<HttpClient> SignUpAsync(Uri address, string? email = null)
    {
        email ??= $"user{Interlocked.Increment(ref _users)}@example.org";
        using var visitor = new HttpClient { BaseAddress = address };
        await SucceedAsync(await visitor.PostAsJsonAsync("/api/auth/register", new { email, password = Password }));
        return await SignInAsync(address, email);
    }

    /// <summary>Signs in with <see cref="Password"/>.</summary>
    public static async Task<HttpClient> SignInAsync(Uri address, string email)
    {
        var client = new HttpClient { BaseAddress = address };
        var answer = await SucceedAsync(await client.PostAsJsonAsync("/api/auth/login", new { email, password = Password }));
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", answer.GetProperty("accessToken").GetString());
        return client;
    }

    /// <summary>The JSON of a successful answer; fails with the whole answer otherwise.</summary>
    public static async Task<JsonElement> SucceedAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode)
        {
            throw new HttpRequestException($"{response.RequestMessage?.RequestUri} answered {(int)response.StatusCode}: {text}");
        }

        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }
}
