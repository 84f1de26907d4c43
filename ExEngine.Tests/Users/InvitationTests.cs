using System.Net;
using ExEngine.Core.Data;
using ExEngine.Tests.Support;
using ExEngine.Web.Users.Invitations;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Users;

[NeedsServer]
public sealed class InvitationTests(OperatedApp app) : IClassFixture<OperatedApp>
{
    [Fact]
    public async Task WithoutInvitation_NobodyRegistersAndNoAddressIsGivenAway()
    {
        var taken = await app.OperatorAsync();
        using var free = app.Visit();
        var before = app.App.Hasher.Hashed;

        foreach (var email in new[] { free.Email, taken.Email })
        {
            using var stranger = new Visitor(app.App.Address) { Email = email };
            var answer = await stranger.RegisterByApiAsync();
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            (await OperatedApp.CodeOf(answer)).ShouldBe("invitation_required");
        }

        app.App.Hasher.Hashed.ShouldBe(before, "No password is hashed for who may not register.");
        var page = await Visitor.DocumentOf(await free.Http.GetAsync("/account/register"));
        page.QuerySelector("form").ShouldBeNull();
        page.QuerySelector("main")!.TextContent.ShouldContain("by invitation");
    }

    [Fact]
    public async Task Invitation_WorksOnceForTwoAtTheSameMoment()
    {
        var token = await app.InviteAsync();
        var visitors = Enumerable.Range(0, 6).Select(_ => app.Visit()).ToList();

        var answers = await Task.WhenAll(visitors.Select(v => v.RegisterByApiAsync(invitation: token)));

        answers.Count(a => a.StatusCode == HttpStatusCode.OK).ShouldBe(1);
        foreach (var refused in answers.Where(a => a.StatusCode != HttpStatusCode.OK))
        {
            (await OperatedApp.CodeOf(refused)).ShouldBe("invitation_invalid");
        }

        visitors.ForEach(v => v.Dispose());
    }

    [Fact]
    public async Task InvitationOfOneAddress_IsWorthNothingToAnother()
    {
        using var guest = app.Visit();
        using var thief = app.Visit();
        var token = await app.InviteAsync(guest.Email.ToUpperInvariant());

        (await OperatedApp.CodeOf(await thief.RegisterByApiAsync(invitation: token))).ShouldBe("invitation_invalid");
        var byPage = await thief.RegisterByPageAsync(invitation: token);
        (await byPage.Content.ReadAsStringAsync()).ShouldContain("is for another address");

        (await guest.RegisterByApiAsync(invitation: token)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task InvitationByPage_SignsIn_AndIsNotUsedUpByARefusedPassword()
    {
        using var guest = app.Visit();
        var token = await app.InviteAsync();

        var weak = await guest.RegisterByPageAsync("short", token);
        (await weak.Content.ReadAsStringAsync()).ShouldContain("At least 12 characters");
        guest.GoesTo(await guest.RegisterByPageAsync(invitation: token)).ShouldBe("/");

        (await guest.WhoAmIAsync()).ShouldBe(HttpStatusCode.OK);
        using var later = app.Visit();
        var page = await later.Http.GetStringAsync($"/account/register?invitation={token}");
        page.ShouldContain("was used or withdrawn");
    }

    [Fact]
    public async Task InvitationThatIsOldWithdrawnOrMadeUp_IsWorthNothing()
    {
        var (old, withdrawn) = (await app.InviteAsync(), await app.InviteAsync());
        await using var db = await app.App.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        var (oldHash, withdrawnHash) = (InvitationToken.Hash(old), InvitationToken.Hash(withdrawn));
        var past = app.App.Clock.GetUtcNow().UtcDateTime.AddSeconds(-1);
        await db.Invitations.Where(i => i.TokenHash == oldHash).ExecuteUpdateAsync(u => u.SetProperty(i => i.ExpiresAt, past));
        var row = await db.Invitations.AsNoTracking().SingleAsync(i => i.TokenHash == withdrawnHash);
        var gone = await (await app.OperatorAsync()).Http.DeleteAsync($"/api/operator/invitations/{row.Id}");

        gone.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (row.ExpiresAt - row.CreatedAt).ShouldBe(TimeSpan.FromDays(7));
        foreach (var token in new[] { old, withdrawn, "made-up", new string('x', 5_000) })
        {
            using var guest = app.Visit();
            (await OperatedApp.CodeOf(await guest.RegisterByApiAsync(invitation: token))).ShouldBe("invitation_invalid");
        }
    }

    [Fact]
    public async Task Token_IsNowhereInTheDatabase()
    {
        var token = await app.InviteAsync();

        await using var db = await app.App.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        var folder = app.App["Data:Directory"]!;
        await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        foreach (var file in Directory.GetFiles(folder, "*.db*"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var copy = new MemoryStream();
            await stream.CopyToAsync(copy);
            System.Text.Encoding.Latin1.GetString(copy.ToArray()).ShouldNotContain(token);
        }
    }
}
