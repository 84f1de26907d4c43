using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Shouldly;

namespace ExEngine.Tests.Users;

/// <summary>One browser or script with its own cookies and, after <see cref="TakeTokensAsync"/>, its own bearer token.</summary>
public sealed class Visitor(Uri address) : IDisposable
{
    public const string Password = "correct horse battery";

    private readonly CookieContainer _cookies = new();

    public string Email { get; init; } = $"{Guid.NewGuid():N}@example.com";

    public HttpClient Http =>
        field ??= new HttpClient(new SocketsHttpHandler { CookieContainer = _cookies, AllowAutoRedirect = false })
        {
            BaseAddress = address,
        };

    public string? RefreshToken { get; private set; }

    /// <summary>Somebody else with a copy of every cookie that this visitor has now.</summary>
    public Visitor Copy(Func<Cookie, bool>? which = null)
    {
        var copy = new Visitor(address) { Email = Email };
        foreach (var cookie in Cookies.Where(which ?? (_ => true)))
        {
            copy._cookies.Add(new Cookie(cookie.Name, cookie.Value, cookie.Path, cookie.Domain));
        }

        return copy;
    }

    public void Take(Cookie cookie) => _cookies.Add(cookie);

    /// <summary>What every form of a page carries.</summary>
    public async Task<string> AntiforgeryAsync(string page)
    {
        var document = await DocumentOf(await Http.GetAsync(page));
        return document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
    }

    public IEnumerable<Cookie> Cookies => _cookies.GetAllCookies();

    public Task<HttpResponseMessage> RegisterByApiAsync(string password = Password, string? invitation = null) =>
        Http.PostAsJsonAsync(
            "/api/auth/register",
            new
            {
                email = Email,
                password,
                invitation,
            }
        );

    public Task<HttpResponseMessage> SignInByApiAsync(string password = Password, string? code = null, string? recoveryCode = null) =>
        Http.PostAsJsonAsync(
            "/api/auth/login",
            new
            {
                email = Email,
                password,
                twoFactorCode = code,
                twoFactorRecoveryCode = recoveryCode,
            }
        );

    /// <summary>Registers when asked, signs in and carries the token from now on.</summary>
    public async Task<Visitor> TakeTokensAsync(bool register = true, string? code = null)
    {
        if (register)
        {
            (await RegisterByApiAsync()).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        var answer = await SignInByApiAsync(code: code);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        Carry(await JsonOf(answer));
        return this;
    }

    public void Carry(JsonObject tokens)
    {
        RefreshToken = (string)tokens["refreshToken"]!;
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)tokens["accessToken"]!);
    }

    public async Task<HttpStatusCode> WhoAmIAsync() => (await Http.GetAsync("/api/auth/manage/info")).StatusCode;

    /// <summary>Opens a page, fills the form with that <c>_handler</c> or action and sends it, as a browser would.</summary>
    public async Task<HttpResponseMessage> SubmitAsync(string page, string form, params (string Name, string Value)[] fields)
    {
        var open = await Http.GetAsync(page);
        open.StatusCode.ShouldBe(HttpStatusCode.OK, $"{page} answered {(int)open.StatusCode} to {open.Headers.Location}");
        var document = await DocumentOf(open);
        var element =
            (
                document.QuerySelector($"input[name=_handler][value='{form}']")?.Closest("form")
                ?? document.QuerySelector($"form[action='{form}']")
            ) as IHtmlFormElement;
        var values = element
            .ShouldNotBeNull($"{page} has no form {form}")
            .QuerySelectorAll<IHtmlInputElement>("input[name]")
            .Where(i => i.Type is not ("checkbox" or "submit" or "button") || i.IsChecked)
            .ToDictionary(i => i.Name!, i => i.Value);
        foreach (var (name, value) in fields)
        {
            values[name] = value;
        }

        var action = element.GetAttribute("action");
        return await Http.PostAsync(string.IsNullOrEmpty(action) ? page : action, new FormUrlEncodedContent(values));
    }

    public Task<HttpResponseMessage> RegisterByPageAsync(string password = Password, string? invitation = null) =>
        SubmitAsync(
            $"/account/register{(invitation is null ? "" : $"?invitation={invitation}")}",
            "register",
            ("Input.Email", Email),
            ("Input.Password", password)
        );

    public Task<HttpResponseMessage> SignInByPageAsync(string page = "/account/sign-in", string password = Password) =>
        SubmitAsync(page, "sign-in", ("Input.Email", Email), ("Input.Password", password));

    public async Task SignOutAsync() => await SubmitAsync("/account/profile", "account/sign-out");

    /// <summary>Where a redirect leads: a path of this site, or the whole address of another.</summary>
    public string? GoesTo(HttpResponseMessage response)
    {
        var goal = response.Headers.Location is { } location ? new Uri(address, location) : null;
        return goal?.Authority == address.Authority ? goal.PathAndQuery : goal?.OriginalString;
    }

    public static async Task<JsonObject> JsonOf(HttpResponseMessage response) => (await response.Content.ReadFromJsonAsync<JsonObject>())!;

    public static async Task<IHtmlDocument> DocumentOf(HttpResponseMessage response) =>
        await new HtmlParser().ParseDocumentAsync(await response.Content.ReadAsStreamAsync(), CancellationToken.None);

    public void Dispose() => Http.Dispose();
}
