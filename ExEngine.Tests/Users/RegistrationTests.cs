using System.Net;
using ExEngine.Core.Data;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Users;

/// <summary>The first user is the operator, and there is one first user.</summary>
[NeedsServer]
public sealed class RegistrationTests
{
    public static TheoryData<string> Databases => [TwoDatabases.Sqlite, TwoDatabases.Postgres];

    [Theory, MemberData(nameof(Databases))]
    public async Task FirstUsersAtTheSameMoment_OneIsTheOperatorAndTheOthersNeedInvitations(string kind)
    {
        // PostgreSQL serves two instances, SQLite one.
        var postgres = kind == TwoDatabases.Postgres ? await (await PostgresServer.SharedAsync()).CreateDatabaseAsync() : null;
        await using var one = App(postgres, "Invite");
        await using var other = App(postgres, "Invite");
        AppFactory[] apps = postgres is null ? [one] : [one, other];
        var visitors = apps.SelectMany(a => Enumerable.Range(0, 4).Select(_ => new Visitor(a.Address))).ToList();

        var answers = await Task.WhenAll(visitors.Select(v => v.RegisterByApiAsync()));

        answers.Count(a => a.StatusCode == HttpStatusCode.OK).ShouldBe(1);
        answers.Count(a => a.StatusCode == HttpStatusCode.Forbidden).ShouldBe(visitors.Count - 1);
        await using var db = await one.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        (await db.Users.SingleAsync()).IsOperator.ShouldBeTrue();
        visitors.ForEach(v => v.Dispose());
    }

    [Theory]
    [InlineData("Open", HttpStatusCode.OK, null)]
    [InlineData("Closed", HttpStatusCode.Forbidden, "registration_closed")]
    public async Task SecondUser_IsTakenAsTheSettingSays(string mode, HttpStatusCode expected, string? code)
    {
        await using var app = App(null, mode);
        using var first = new Visitor(app.Address);
        using var second = new Visitor(app.Address);
        (await first.RegisterByApiAsync()).StatusCode.ShouldBe(HttpStatusCode.OK);

        var answer = await second.RegisterByApiAsync();

        answer.StatusCode.ShouldBe(expected);
        if (code is not null)
        {
            (await OperatedApp.CodeOf(answer)).ShouldBe(code);
            (await second.Http.GetStringAsync("/account/register")).ShouldContain("takes no new users");
        }

        await using var db = await app.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        (await db.Users.Where(u => u.IsOperator).Select(u => u.Email).SingleAsync()).ShouldBe(first.Email);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task DatabaseOfBefore_MakesItsOldestUserTheOperator(string kind)
    {
        await using var data = kind == TwoDatabases.Postgres ? await TestDatabase.PostgresAsync() : await TestDatabase.SqliteAsync();
        await using var db = data.Open();
        var steps = db.Database.GetMigrations().ToList();
        var before = steps[steps.FindIndex(s => s.EndsWith("_Operators", StringComparison.Ordinal)) - 1];
        await db.GetService<IMigrator>().MigrateAsync(before);
        foreach (var (name, year) in new[] { ("younger", 2025), ("oldest", 2024), ("youngest", 2026) })
        {
            await AddAsync(
                db,
                data.Get<SequentialIds>().Next(),
                $"{name}@example.org",
                new DateTime(year, 1, 1, 0, 0, 0, DateTimeKind.Utc)
            );
        }

        await db.Database.MigrateAsync();

        (await db.Users.Where(u => u.IsOperator).Select(u => u.Email).SingleAsync()).ShouldBe("oldest@example.org");
    }

    // As the columns were then.
    private static Task<int> AddAsync(AppDb db, Guid id, string email, DateTime at) =>
        db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO users (id, created_at, user_name, normalized_user_name, email, normalized_email, email_confirmed,
              phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count)
            VALUES ({id}, {at}, {email}, {email}, {email}, {email}, FALSE, FALSE, FALSE, FALSE, 0)
            """
        );

    private static AppFactory App(string? postgres, string mode) =>
        new()
        {
            ["Users:HashMemoryKib"] = "1024",
            ["RateLimits:Auth:PermitsPerIp"] = "10000",
            ["Users:Registration"] = mode,
            ["ConnectionStrings:Postgres"] = postgres,
        };
}
