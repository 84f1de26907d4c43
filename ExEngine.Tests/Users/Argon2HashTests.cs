using ExEngine.Core.Data;
using ExEngine.Web.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Users;

public sealed class Argon2HashTests : IDisposable
{
    private readonly HashingThreads _threads = new();

    public void Dispose() => _threads.Dispose();

    // Made by the reference implementation: echo -n password | argon2 somesalt -id -t 2 -k 65536 -p 1 -l 32
    private const string Reference = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

    private static readonly AppUser User = new();

    [Fact]
    public void HashOfTheReferenceImplementation_OpensWithItsPasswordOnly()
    {
        Argon2Hash.TryParse(Reference, out var hash).ShouldBeTrue();

        hash.ToString().ShouldBe(Reference);
        hash.IsOf("password").ShouldBeTrue();
        hash.IsOf("passwore").ShouldBeFalse();
    }

    [Fact]
    public void ShippedCost_IsWhatOwaspRecommends_AndTheHashSaysSo()
    {
        var hash = Hasher().HashPassword(User, Visitor.Password);

        hash.ShouldStartWith("$argon2id$v=19$m=19456,t=2,p=1$");
        Argon2Hash.TryParse(hash, out var read).ShouldBeTrue();
        (read.Salt.Length, read.Digest.Length).ShouldBe((16, 32));
        Hasher().VerifyHashedPassword(User, hash, Visitor.Password).ShouldBe(PasswordVerificationResult.Success);
        Hasher().VerifyHashedPassword(User, hash, Visitor.Password + " ").ShouldBe(PasswordVerificationResult.Failed);
        Hasher().HashPassword(User, Visitor.Password).ShouldNotBe(hash, "each hash has a salt of its own");
    }

    [Fact]
    public void HashOfIdentitysOwnHasher_OpensAndWantsRenewal()
    {
        var hash = new PasswordHasher<AppUser>(Options.Create(new PasswordHasherOptions { IterationCount = 220_000 })).HashPassword(
            User,
            Visitor.Password
        );

        Hasher().VerifyHashedPassword(User, hash, Visitor.Password).ShouldBe(PasswordVerificationResult.SuccessRehashNeeded);
        Hasher().VerifyHashedPassword(User, hash, "wrong horse battery").ShouldBe(PasswordVerificationResult.Failed);
    }

    [Theory]
    [InlineData(2048, 2, PasswordVerificationResult.Success)]
    [InlineData(4096, 3, PasswordVerificationResult.Success)]
    [InlineData(1024, 2, PasswordVerificationResult.SuccessRehashNeeded)]
    [InlineData(2048, 1, PasswordVerificationResult.SuccessRehashNeeded)]
    public void HashMadeWithLess_WantsRenewal(int memoryKib, int passes, PasswordVerificationResult expected)
    {
        var hash = Argon2Hash.Make(Visitor.Password, memoryKib, passes).ToString();

        Hasher(memoryKib: 2048).VerifyHashedPassword(User, hash, Visitor.Password).ShouldBe(expected);
    }

    [Theory]
    [InlineData("m=65536", "m=65535")]
    [InlineData("t=2", "t=3")]
    [InlineData("c29tZXNhbHQ", "c29tZXNhbHA")]
    [InlineData("CTFhFd", "CTFhFe")]
    [InlineData("m=65536", "m=262145")]
    [InlineData("m=65536", "m=999999999")]
    [InlineData("m=65536", "m=99999999999999999999")]
    [InlineData("m=65536", "m=7")]
    [InlineData("m=65536", "m=-1")]
    [InlineData("t=2", "t=11")]
    [InlineData("t=2", "t=0")]
    [InlineData("p=1", "p=5")]
    [InlineData("v=19", "v=16")]
    [InlineData("$argon2id", "$argon2i")]
    [InlineData("c29tZXNhbHQ", "")]
    [InlineData("$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc", "$CTFhFd")]
    [InlineData("PPc", "PPc\n")]
    [InlineData("$c29t", "$ c29t")]
    public void TamperedHash_OpensNothing(string was, string becomes)
    {
        var tampered = Reference.Replace(was, becomes, StringComparison.Ordinal);
        tampered.ShouldNotBe(Reference);

        Hasher(memoryKib: 1024).VerifyHashedPassword(User, tampered, "password").ShouldBe(PasswordVerificationResult.Failed);
    }

    private Argon2PasswordHasher Hasher(int? memoryKib = null) =>
        new(Options.Create(memoryKib is { } m ? new Web.Users.UserOptions { HashMemoryKib = m } : new Web.Users.UserOptions()), _threads);
}
