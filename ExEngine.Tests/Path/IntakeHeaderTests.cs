using System.IO.Compression;
using System.Net;
using System.Text;
using ExEngine.Core.Webhooks.Intake;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;
using static ExEngine.Tests.Path.IntakeApp;

namespace ExEngine.Tests.Path;

/// <summary>What senders put into headers: other names, several lines, compressed bodies.</summary>
[NeedsServer]
public sealed class IntakeHeaderTests(IntakeApps apps) : IClassFixture<IntakeApps>
{
    private static readonly string[] Names = ["id", "timestamp", "signature"];

    [Fact]
    public async Task HeadersOfSvix_AreThoseOfStandardWebhooks()
    {
        var (_, door) = await (await apps.OnAsync(TwoDatabases.Sqlite)).DoorAsync("standard");

        var told = await door.SendAsync(
            Alert("svix"),
            id: "msg.1:a/b",
            change: request =>
            {
                foreach (var name in Names)
                {
                    request.Headers.Add("svix-" + name, request.Headers.GetValues("webhook-" + name));
                    request.Headers.Remove("webhook-" + name);
                }
            }
        );

        told.Status.ShouldBe(HttpStatusCode.Accepted, told.Body);
    }

    [Theory]
    [InlineData("standard", "webhook-signature", "v1,a0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("hmac", "X-Hub-Signature-256", "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17")]
    public async Task SecondLineOfSignatures_Counts(string auth, string header, string other)
    {
        var (_, door) = await (await apps.OnAsync(TwoDatabases.Sqlite)).DoorAsync(auth);

        var told = await door.SendAsync(
            Alert("lines"),
            change: request =>
            {
                var right = request.Headers.GetValues(header).Single();
                request.Headers.Remove(header);
                request.Headers.Add(header, [other, right.TrimEnd('=')]);
            }
        );

        told.Status.ShouldBe(HttpStatusCode.Accepted, told.Body);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task CompressedBody_IsReadAndItsSignatureIsOverWhatCame(string encoding)
    {
        var (trader, door) = await (await apps.OnAsync(TwoDatabases.Sqlite)).DoorAsync("hmac");
        var bytes = Packed(Alert("packed"), encoding);

        var told = await door.SendAsync("", change: Send(bytes, encoding, door.Secret));

        told.Status.ShouldBe(HttpStatusCode.Accepted, told.Body);
        (await (await apps.OnAsync(TwoDatabases.Sqlite)).RowsAsync(trader)).ShouldHaveSingleItem().Symbol.ShouldBe("BTC/USDT");
    }

    [Fact]
    public async Task CompressedBodyThatGrowsOverTheCap_Is413AndABrokenOneIsRefused()
    {
        var (_, door) = await (await apps.OnAsync(TwoDatabases.Sqlite)).DoorAsync("hmac");
        var whole = Packed(Alert("cut"), "gzip");

        (await door.SendAsync("", change: Send(Packed(new string(' ', 70_000), "gzip"), "gzip", door.Secret))).Status.ShouldBe(
            HttpStatusCode.RequestEntityTooLarge
        );
        (await door.SendAsync("", change: Send(whole[..^9], "gzip", door.Secret))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await door.SendAsync("", change: Send(Encoding.UTF8.GetBytes("buy BTC/USDT 0.001"), "gzip", door.Secret))).Status.ShouldBe(
            HttpStatusCode.Accepted
        );
    }

    private static Action<HttpRequestMessage> Send(byte[] bytes, string encoding, string secret) =>
        request =>
        {
            request.Content = new ByteArrayContent(bytes);
            request.Content.Headers.ContentEncoding.Add(encoding);
            request.Headers.Remove("X-Hub-Signature-256");
            request.Headers.Add("X-Hub-Signature-256", WebhookSignature.Hub(secret, bytes));
        };

    private static byte[] Packed(string body, string encoding)
    {
        using var into = new MemoryStream();
        using (
            Stream stream = encoding switch
            {
                "gzip" => new GZipStream(into, CompressionLevel.Optimal),
                "br" => new BrotliStream(into, CompressionLevel.Optimal),
                _ => new ZLibStream(into, CompressionLevel.Optimal),
            }
        )
        {
            stream.Write(Encoding.UTF8.GetBytes(body));
        }

        return into.ToArray();
    }
}
