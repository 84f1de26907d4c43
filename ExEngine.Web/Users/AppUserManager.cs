using ExEngine.Core.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace ExEngine.Web.Users;

/// <summary>Identity's manager with our ids and our clock.</summary>
public sealed class AppUserManager(
    IUserStore<AppUser> store, IOptions<IdentityOptions> options, IPasswordHasher<AppUser> hasher,
    IEnumerable<IUserValidator<AppUser>> userValidators, IEnumerable<IPasswordValidator<AppUser>> passwordValidators,
    ILookupNormalizer normalizer, IdentityErrorDescriber errors, IServiceProvider services, ILogger<UserManager<AppUser>> logger,
    TimeProvider time, SequentialIds ids)
    : UserManager<AppUser>(store, options, hasher, userValidators, passwordValidators, normalizer, errors, services, logger)
{
    public override Task<IdentityResult> CreateAsync(AppUser user)
    {
        user.Id = ids.Next();
        user.CreatedAt = time.GetUtcNow().UtcDateTime;
        return base.CreateAsync(user);
    }
}
