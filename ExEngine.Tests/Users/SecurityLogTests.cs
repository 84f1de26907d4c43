using System.Net.Http.Json;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Users;

[NeedsServer]
public sealed class SecurityLogTests
{
    [Fact]
    public async Task WhatAnAttackerTries_IsInTheSecurityLogWithoutNamesOrSecrets()
    {
        await using var app = new AppFactory { ["Users:HashMemoryKib"] = "1024" };
        using var user = await new Visitor(app.Address).TakeTokensAsync();
        var used = user.RefreshToken;
        await user.SignInByApiAsync("a wrong password");
        await user.Http.PostAsJsonAsync("/api/auth/confirm", new { password = "a wrong proof" });
        await user.Http.PostAsJsonAsync("/api/auth/refresh", new { refreshToken = used });
        await user.Http.PostAsJsonAsync("/api/auth/refresh", new { refreshToken = used });

        var folder = System.IO.Path.Combine(app["Data:Directory"]!, "logs");
        var text = "";
        await Until.True(() =>
        {
            text = string.Concat(Directory.GetFiles(folder, "security-*.jsonl").Select(Read));
            return text.Contains("Refresh token used twice", StringComparison.Ordinal);
        });

        text.ShouldContain("Sign-in refused");
        text.ShouldContain("Proof refused");
        text.ShouldContain("127.0.0.1");
        text.ShouldNotContain(user.Email);
        text.ShouldNotContain("a wrong");
        text.ShouldNotContain(used!);
    }

    // The application still writes it.
    private static string Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
