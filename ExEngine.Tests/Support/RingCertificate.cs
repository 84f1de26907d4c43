using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ExEngine.Tests.Support;

/// <summary>A certificate for the key ring, in a file.</summary>
internal static class RingCertificate
{
    public const string Password = "opens it";

    public static async Task<string> WriteAsync(string path)
    {
        using var rsa = RSA.Create(2048);
        using var certificate = new CertificateRequest(
            "CN=key ring",
            rsa,
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        ).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        await File.WriteAllBytesAsync(path, certificate.Export(X509ContentType.Pkcs12, Password));
        return path;
    }
}
