using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Users;

[NeedsServer]
public sealed class OperatorEndpointsTests(OperatedApp app) : IClassFixture<OperatedApp>
{
    private static readonly string[] Acts = ["disable", "enable", "end-sessions", "reset-link"];

    [Fact]
    public async Task EverybodyElse_FindsNothing()
    {
        using var user = await app.UserAsync();
        var id = await app.IdAsync(user);

        foreach (var path in new[] { "/api/operator/users", "/api/operator/invitations" })
        {
            (await user.Http.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }

        (await user.Http.PostAsJsonAsync("/api/operator/invitations", new { })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        foreach (var act in Acts)
        {
            (await user.Http.PostAsync($"/api/operator/users/{id}/{act}", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound, act);
        }
    }

    [Fact]
    public async Task StolenSessionOfTheOperator_GivesAndTakesNoAccess()
    {
        await using var own = new OperatedApp();
        var me = await own.OperatorAsync();
        using var user = await own.UserAsync();
        var id = await own.IdAsync(user);
        await own.App.WaitForConfirmationsToEndAsync(me.Email);

        foreach (var act in Acts)
        {
            var answer = await me.Http.PostAsync($"/api/operator/users/{id}/{act}", null);
            (answer.StatusCode, await OperatedApp.CodeOf(answer)).ShouldBe((HttpStatusCode.Forbidden, "confirmation_required"), act);
        }

        var invited = await me.Http.PostAsJsonAsync("/api/operator/invitations", new { });
        (await OperatedApp.CodeOf(invited)).ShouldBe("confirmation_required");
        var withdrawn = await me.Http.DeleteAsync($"/api/operator/invitations/{id}");
        (await OperatedApp.CodeOf(withdrawn)).ShouldBe("confirmation_required");
        (await user.WhoAmIAsync()).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task DisabledOperator_IsNoneAnyMore()
    {
        using var second = await app.UserAsync();
        var id = Guid.Parse(await app.IdAsync(second));
        await app.App.Get<ExEngine.Web.Users.Operators.UserSwitch>().MakeOperatorAsync(id, CancellationToken.None);
        (await second.Http.GetAsync("/api/operator/users")).StatusCode.ShouldBe(HttpStatusCode.OK);

        await app.ActAsync(second, "disable");

        (await second.Http.GetAsync("/api/operator/users")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task List_SaysWhatUsersHaveAndNothingThatIsInIt()
    {
        using var user = await app.UserAsync();
        await DoorsApp.WebhookAsync(user.Http, "secret");
        await DoorsApp.PaperAccountAsync(user.Http, "A name of mine");

        var text = await (await app.OperatorAsync()).Http.GetStringAsync("/api/operator/users?limit=500");
        var line = JsonNode.Parse(text)!["items"]!.AsArray().Single(u => (string)u!["email"]! == user.Email)!;

        ((int)line["accounts"]!, (int)line["webhooks"]!, (bool)line["twoFactor"]!).ShouldBe((2, 1, false));
        line["lastSeenAt"].ShouldNotBeNull();
        line["disabledAt"].ShouldBeNull();
        text.ShouldNotContain("A name of mine");
        text.ShouldNotContain("hash", Case.Insensitive);
        text.ShouldNotContain("stamp", Case.Insensitive);
    }

    [Fact]
    public async Task InvitationAndResetLink_OpenWhatTheySay()
    {
        var me = await app.OperatorAsync();
        using var guest = app.Visit();
        var made = await Visitor.JsonOf(await me.Http.PostAsJsonAsync("/api/operator/invitations", new { email = guest.Email }));
        var link = new Uri((string)made["url"]!);
        ((bool)made["mailed"]!).ShouldBeFalse();
        link.GetLeftPart(UriPartial.Authority).ShouldBe(app.App.Address.GetLeftPart(UriPartial.Authority));

        var page = await Visitor.DocumentOf(await guest.Http.GetAsync(link));
        page.QuerySelector("#input-email")!.GetAttribute("value").ShouldBe(guest.Email);
        var list = await me.Http.GetStringAsync("/api/operator/invitations");
        list.ShouldContain(guest.Email);
        list.ShouldNotContain(link.Query["?invitation=".Length..]);
        guest.GoesTo(await guest.SubmitAsync(link.PathAndQuery, "register", ("Input.Password", Visitor.Password))).ShouldBe("/");

        var reset = new Uri((string)(await Visitor.JsonOf(await app.ActAsync(guest, "reset-link")))["url"]!);
        var set = await guest.SubmitAsync(reset.PathAndQuery, "reset", ("Input.New", "quite another phrase 9"));
        guest.GoesTo(set).ShouldBe("/account/sign-in?done=PasswordReset");

        var again = await me.Http.PostAsJsonAsync("/api/operator/invitations", new { email = guest.Email });
        (await again.Content.ReadAsStringAsync()).ShouldContain("has an account already");
    }

    [Fact]
    public async Task EveryAct_IsInTheSecurityLogWithoutNamesOrLinks()
    {
        await using var logged = new AppFactory { ["Users:HashMemoryKib"] = "1024", ["Users:Registration"] = "Invite" };
        using var me = await new Visitor(logged.Address).TakeTokensAsync();
        using var guest = new Visitor(logged.Address);
        var made = await Visitor.JsonOf(await me.Http.PostAsJsonAsync("/api/operator/invitations", new { email = guest.Email }));
        var token = ((string)made["url"]!).Split('=')[^1];
        await guest.Http.GetAsync($"/account/register?invitation={token}");
        await guest.RegisterByPageAsync(invitation: token);
        await guest.RegisterByApiAsync(invitation: token);
        var other = await Visitor.JsonOf(await me.Http.PostAsJsonAsync("/api/operator/invitations", new { }));
        await me.Http.DeleteAsync($"/api/operator/invitations/{(string)other["id"]!}");
        var list = await Visitor.JsonOf(await me.Http.GetAsync("/api/operator/users"));
        var id = (string)list["items"]!.AsArray().Single(u => (string)u!["email"]! == guest.Email)!["id"]!;
        var reset = await Visitor.JsonOf(await me.Http.PostAsync($"/api/operator/users/{id}/reset-link", null));
        foreach (var act in new[] { "end-sessions", "disable", "enable" })
        {
            (await me.Http.PostAsync($"/api/operator/users/{id}/{act}", null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        var folder = System.IO.Path.Combine(logged["Data:Directory"]!, "logs");
        string Written(string which) => string.Concat(Directory.GetFiles(folder, which).Select(Read));
        await Until.True(() => Written("security-*.jsonl").Contains("User enabled", StringComparison.Ordinal));

        var security = Written("security-*.jsonl");
        foreach (
            var what in new[]
            {
                "Invitation made",
                "Invitation withdrawn",
                "Registration refused",
                "Reset link made",
                "Sessions of a user ended",
                "User disabled",
            }
        )
        {
            security.ShouldContain(what);
        }

        var all = security + Written("exengine-*.jsonl");
        security.ShouldContain(id);
        all.ShouldNotContain(guest.Email);
        all.ShouldNotContain(token);
        all.ShouldNotContain(((string)reset["url"]!).Split("code=")[1]);
    }

    // The application still writes it.
    private static string Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
