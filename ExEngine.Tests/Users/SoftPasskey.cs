using System.Buffers.Binary;
using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Shouldly;

namespace ExEngine.Tests.Users;

/// <summary>An authenticator in software, written from WebAuthn level 2: one ES256 key, attestation "none", the user always verified.</summary>
public sealed class SoftPasskey : IDisposable
{
    private const byte Verified = 0x05;
    private const byte WithCredential = 0x40;

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _id = RandomNumberGenerator.GetBytes(16);
    private byte[] _userHandle = [];
    private uint _count;

    /// <summary>What it was told that its user is called.</summary>
    public string UserHandle
    {
        get => Encoding.UTF8.GetString(_userHandle);
        set => _userHandle = Encoding.UTF8.GetBytes(value);
    }

    /// <summary>Asks for options as <c>account.js</c> does; null when they are refused.</summary>
    public static async Task<JsonObject?> OptionsAsync(Visitor visitor, string page, string kind)
    {
        Origin(visitor);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/account/passkeys/{kind}-options");
        request.Headers.Add("RequestVerificationToken", await visitor.AntiforgeryAsync(page));
        var answer = await visitor.Http.SendAsync(request);
        return answer.StatusCode == HttpStatusCode.OK ? await Visitor.JsonOf(answer) : null;
    }

    /// <returns>The credential that a form is sent with.</returns>
    public string Create(Visitor visitor, JsonObject options)
    {
        _userHandle = Base64Url.DecodeFromChars((string)options["user"]!["id"]!);
        var point = _key.ExportParameters(false).Q;
        byte[] cose = [0xA5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32, .. point.X!, 0x22, 0x58, 32, .. point.Y!];
        byte[] data = [.. AuthenticatorData((string)options["rp"]!["id"]!, WithCredential), .. new byte[16], 0, 16, .. _id, .. cose];
        byte[] attestation =
        [
            0xA3,
            .. Text("fmt"),
            .. Text("none"),
            .. Text("attStmt"),
            0xA0,
            .. Text("authData"),
            0x58,
            (byte)data.Length,
            .. data,
        ];
        return Credential(("clientDataJSON", ClientData(visitor, "webauthn.create", options)), ("attestationObject", attestation));
    }

    public string Sign(Visitor visitor, JsonObject options)
    {
        var client = ClientData(visitor, "webauthn.get", options);
        var data = AuthenticatorData((string)options["rpId"]!, 0);
        byte[] signed = [.. data, .. SHA256.HashData(client)];
        return Credential(
            ("clientDataJSON", client),
            ("authenticatorData", data),
            ("signature", _key.SignData(signed, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)),
            ("userHandle", _userHandle)
        );
    }

    /// <summary>Adds it to the account that the visitor is signed in to.</summary>
    public async Task AddToAsync(Visitor visitor)
    {
        const string Page = "/account/security/passkeys/new";
        var options = (await OptionsAsync(visitor, Page, "creation")).ShouldNotBeNull();
        var added = await visitor.SubmitAsync(Page, "add-passkey", ("Credential", Create(visitor, options)));
        visitor.GoesTo(added).ShouldNotBeNull(await added.Content.ReadAsStringAsync()).ShouldEndWith("done=PasskeyAdded");
    }

    /// <summary>Signs in with it, as from the page.</summary>
    public async Task<HttpResponseMessage> SignInAsync(Visitor visitor)
    {
        const string Page = "/account/sign-in";
        var options = (await OptionsAsync(visitor, Page, "request")).ShouldNotBeNull();
        return await visitor.SubmitAsync(Page, "passkey", ("Credential", Sign(visitor, options)));
    }

    public void Dispose() => _key.Dispose();

    // Browsers state it with every POST.
    private static void Origin(Visitor visitor)
    {
        visitor.Http.DefaultRequestHeaders.Remove("Origin");
        visitor.Http.DefaultRequestHeaders.Add("Origin", visitor.Http.BaseAddress!.GetLeftPart(UriPartial.Authority));
    }

    private static byte[] ClientData(Visitor visitor, string type, JsonObject options) =>
        Encoding.UTF8.GetBytes(
            new JsonObject
            {
                ["type"] = type,
                ["challenge"] = (string)options["challenge"]!,
                ["origin"] = visitor.Http.BaseAddress!.GetLeftPart(UriPartial.Authority),
                ["crossOrigin"] = false,
            }.ToJsonString()
        );

    private byte[] AuthenticatorData(string host, byte flags)
    {
        var count = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(count, ++_count);
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(host)), (byte)(Verified | flags), .. count];
    }

    private string Credential(params (string Name, byte[] Value)[] response)
    {
        var parts = new JsonObject();
        foreach (var (name, value) in response)
        {
            parts[name] = Base64Url.EncodeToString(value);
        }

        return new JsonObject
        {
            ["id"] = Base64Url.EncodeToString(_id),
            ["rawId"] = Base64Url.EncodeToString(_id),
            ["type"] = "public-key",
            ["response"] = parts,
            ["clientExtensionResults"] = new JsonObject(),
        }.ToJsonString();
    }

    // CBOR: a text of fewer than 24 bytes.
    private static byte[] Text(string text) => [(byte)(0x60 | text.Length), .. Encoding.ASCII.GetBytes(text)];
}
