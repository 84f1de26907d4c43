using ExEngine.Core.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace ExEngine.Tests.Users;

/// <summary>Identity's hasher at a low cost, with counts of the passwords it hashed and verified.</summary>
public sealed class CountingHasher : PasswordHasher<AppUser>
{
    private int _verified;

    public CountingHasher()
        : base(Options.Create(new PasswordHasherOptions { IterationCount = 1000 })) { }

    public int Verified => Volatile.Read(ref _verified);

    private int _hashed;

    public int Hashed => Volatile.Read(ref _hashed);

    public override string HashPassword(AppUser user, string password)
    {
        Interlocked.Increment(ref _hashed);
        return base.HashPassword(user, password);
    }

    public override PasswordVerificationResult VerifyHashedPassword(AppUser user, string hashedPassword, string providedPassword)
    {
        Interlocked.Increment(ref _verified);
        return base.VerifyHashedPassword(user, hashedPassword, providedPassword);
    }
}
