using System.Net;
using ExEngine.Web.Users.Invitations;
using Shouldly;

namespace ExEngine.Tests.Users;

/// <summary>The application as it is delivered, where users come by invitation, and its operator.</summary>
public sealed class OperatedApp : IAsyncDisposable
{
    private readonly SemaphoreSlim _once = new(1);
    private Visitor? _operator;

    public UsersApp App { get; } = new() { ["Users:Registration"] = "Invite" };

    public Visitor Visit() => App.Visit();

    /// <summary>The first user, signed in by token.</summary>
    public async Task<Visitor> OperatorAsync()
    {
        await _once.WaitAsync();
        try
        {
            return _operator ??= await App.Visit().TakeTokensAsync();
        }
        finally
        {
            _once.Release();
        }
    }

    /// <summary>The token of a new invitation.</summary>
    public async Task<string> InviteAsync(string? email = null)
    {
        await OperatorAsync();
        return (await App.Get<InvitationStore>().MakeAsync(null, email, CancellationToken.None)).Token;
    }

    /// <summary>A new user, signed in by token.</summary>
    public async Task<Visitor> UserAsync()
    {
        var visitor = App.Visit();
        (await visitor.RegisterByApiAsync(invitation: await InviteAsync())).StatusCode.ShouldBe(HttpStatusCode.OK);
        return await visitor.TakeTokensAsync(register: false);
    }

    /// <summary>The id of a user, as the operator sees it.</summary>
    public async Task<string> IdAsync(Visitor user)
    {
        var list = await Visitor.JsonOf(await (await OperatorAsync()).Http.GetAsync("/api/operator/users?limit=500"));
        return (string)list["items"]!.AsArray().Single(u => (string)u!["email"]! == user.Email)!["id"]!;
    }

    /// <summary>One of <c>disable</c>, <c>enable</c>, <c>end-sessions</c>, <c>reset-link</c>.</summary>
    public async Task<HttpResponseMessage> ActAsync(Visitor user, string act, Visitor? by = null) =>
        await (by ?? await OperatorAsync()).Http.PostAsync($"/api/operator/users/{await IdAsync(user)}/{act}", null);

    public static async Task<string> CodeOf(HttpResponseMessage answer) => (string)(await Visitor.JsonOf(answer))["code"]!;

    public ValueTask DisposeAsync()
    {
        _operator?.Dispose();
        _once.Dispose();
        return App.DisposeAsync();
    }
}
