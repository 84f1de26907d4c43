using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ExEngine.Core.Data.Sealing;
using ExEngine.Core.Hosting;
using ExEngine.Core.Redis;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.StackExchangeRedis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ExEngine.Core.Data;

internal static class KeyRingServices
{
    /// <summary>Data Protection in our database or in Redis, sealed by a certificate when one is configured.</summary>
    public static void AddKeyRing(this IServiceCollection services, IConfiguration configuration)
    {
        services
            .AddSettings<KeyRingOptions>("DataProtection")
            .Validate(
                o => Certificate(o, out _),
                "DataProtection:CertificatePath is no PKCS#12 file with an RSA key that " + "DataProtection:CertificatePassword opens."
            )
            .Validate<IConfiguration>(
                (o, c) => o.KeyRing != KeyRingStore.Redis || c.GetConnectionString("Redis") is { Length: > 0 },
                "DataProtection:KeyRing is Redis, so ConnectionStrings:Redis must name one."
            );
        var protection = services.AddDataProtection().SetApplicationName("ExecutionEngine");

        // A value that cannot be bound or opened is told by the checks above when the application starts.
        var stated = configuration.GetSection("DataProtection");
        if (
            Enum.TryParse<KeyRingStore>(stated[nameof(KeyRingOptions.KeyRing)], ignoreCase: true, out var store)
            && store == KeyRingStore.Redis
        )
        {
            services.PersistKeysToRedis();
        }
        else
        {
            // In the same database as the ciphertexts that the keys open, so that one backup holds both.
            protection.PersistKeysToDbContext<AppDb>();
        }

        var paths = new KeyRingOptions
        {
            CertificatePath = stated[nameof(KeyRingOptions.CertificatePath)],
            CertificatePassword = stated[nameof(KeyRingOptions.CertificatePassword)],
        };
        if (Certificate(paths, out var certificate) && certificate is not null)
        {
            protection.ProtectKeysWithCertificate(certificate).UnprotectKeysWithAnyCertificate(certificate);
        }

        services.AddSingleton<KeyRingCheck>();
        services.AddSingleton<RingStore>().AddSingleton<SecretReseal>().AddSingleton<KeySealState>();
        services.AddHostedService<KeySealWorker>();
    }

    // As PersistKeysToStackExchangeRedis does it, whose overloads want the connection before there are any services.
    private static void PersistKeysToRedis(this IServiceCollection services) =>
        services
            .AddOptions<KeyManagementOptions>()
            .Configure<RedisLink>((keys, redis) => keys.XmlRepository = new RedisXmlRepository(redis.GetDatabase, RedisKeyRing.List));

    private static bool Certificate(KeyRingOptions options, out X509Certificate2? certificate)
    {
        certificate = null;
        if (string.IsNullOrEmpty(options.CertificatePath))
        {
            return true;
        }

        try
        {
            certificate = X509CertificateLoader.LoadPkcs12FromFile(options.CertificatePath, options.CertificatePassword);
            using var key = certificate.GetRSAPrivateKey();
            return key is not null;
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
