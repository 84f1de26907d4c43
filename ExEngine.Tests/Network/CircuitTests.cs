using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using ExEngine.Tests.Support;
using ExEngine.Tests.Users;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Network;

/// <summary>Blazor's hub, by a client of our own that speaks SignalR's handshake and Blazor's framing.</summary>
[NeedsServer]
public sealed class CircuitTests : IAsyncLifetime
{
    private const int Cap = 3;

    // A hundred times what is taken.
    private const int Oversized = 50 * 1024 * 1024;

    private readonly AppFactory _app = new()
    {
        ["Circuits:PerUser"] = "3",
        ["Gateway:Enabled"] = "false",
        ["Users:HashMemoryKib"] = "1024",
    };

    private Visitor _visitor = null!;

    public async ValueTask InitializeAsync() => _visitor = await new Visitor(_app.Address).TakeTokensAsync();

    public async ValueTask DisposeAsync()
    {
        _visitor.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task Anonymous_OpensNoCircuit()
    {
        using var stranger = new Visitor(_app.Address);

        var answer = await stranger.Http.PostAsync("/_blazor/negotiate?negotiateVersion=1", null);

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("Sign in first");

        // Neither with a connection that somebody else asked for, nor without asking.
        foreach (var id in new[] { "?id=" + await NegotiateAsync(_visitor), "" })
        {
            var (_, status) = await ConnectAsync(id, authorization: null);
            status.ShouldBe(HttpStatusCode.Unauthorized);
        }
    }

    [Theory]
    [InlineData("/account/sign-in")]
    [InlineData("/nothing-here")]
    public async Task PageThatIsReachableWithoutSigningIn_AsksForNoCircuit(string page)
    {
        using var stranger = new Visitor(_app.Address);

        (await (await stranger.Http.GetAsync(page)).Content.ReadAsStringAsync()).ShouldNotContain("\"type\":\"server\"");
    }

    [Fact]
    public async Task OneTooMany_IsRefusedInWords_UntilOneIsClosed()
    {
        var open = new List<ClientWebSocket>();
        for (var i = 0; i < Cap; i++)
        {
            open.Add(await OpenAsync());
        }

        var (_, status) = await ConnectAsync("?id=" + await NegotiateAsync(_visitor), Authorization);
        status.ShouldBe(HttpStatusCode.TooManyRequests);
        var refused = await _visitor.Http.GetAsync("/_blazor?id=" + await NegotiateAsync(_visitor));
        (await refused.Content.ReadAsStringAsync()).ShouldContain("Too many pages are open");

        using var other = await new Visitor(_app.Address).TakeTokensAsync();
        (await NegotiateAsync(other)).ShouldNotBeEmpty("another user's are counted by themselves");

        open[0].Abort();
        var connection = await NegotiateAsync(_visitor);
        await Until.True(async () =>
        {
            var (socket, again) = await ConnectAsync("?id=" + connection, Authorization);
            socket?.Dispose();
            return again == HttpStatusCode.SwitchingProtocols;
        });
        open.ForEach(s => s.Dispose());
    }

    [Fact]
    public async Task ConnectionsThatAreAskedForAndNeverOpened_AreFew()
    {
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 40; i++)
        {
            answers.Add((await _visitor.Http.PostAsync("/_blazor/negotiate?negotiateVersion=1", null)).StatusCode);
        }

        answers.Count(s => s == HttpStatusCode.OK).ShouldBe((2 * Cap) + 10);
        answers[^1].ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task OversizedMessage_EndsItsConnectionAlone()
    {
        using var other = await OpenAsync();

        for (var i = 0; i < 2; i++)
        {
            using var socket = await OpenAsync();
            (await SendOversizedAsync(socket)).ShouldBeLessThan(Oversized / 2);
            await ClosedAsync(socket);
        }

        await other.SendAsync(Ping, WebSocketMessageType.Binary, true, CancellationToken.None);
        other.State.ShouldBe(WebSocketState.Open);
        (await OpenAsync()).Dispose();
        (await _visitor.Http.GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Connection_IsClosedWhenItsSessionEnds()
    {
        using var socket = await OpenAsync();
        using var other = await new Visitor(_app.Address) { Email = _visitor.Email }.TakeTokensAsync(register: false);
        var sessions = await other.Http.GetFromJsonAsync<JsonElement>("/api/auth/sessions");
        var items = sessions.ValueKind == JsonValueKind.Array ? sessions : sessions.GetProperty("items");
        foreach (var session in items.EnumerateArray().Where(s => !s.GetProperty("current").GetBoolean()))
        {
            (
                await other.Http.DeleteAsync($"/api/auth/sessions/{session.GetProperty("id").GetString()}")
            ).IsSuccessStatusCode.ShouldBeTrue();
        }

        await ClosedAsync(socket);
    }

    // SignalR's ping in Blazor's framing: its length, then an array of one with the number 6.
    private static readonly byte[] Ping = [0x02, 0x91, 0x06];

    private string Authorization => _visitor.Http.DefaultRequestHeaders.Authorization!.ToString();

    private static async Task<string> NegotiateAsync(Visitor visitor)
    {
        using var answer = await visitor.Http.PostAsync("/_blazor/negotiate?negotiateVersion=1", null);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("connectionToken").GetString()!;
    }

    private async Task<ClientWebSocket> OpenAsync()
    {
        var (socket, _) = await ConnectAsync("?id=" + await NegotiateAsync(_visitor), Authorization);
        socket.ShouldNotBeNull();
        await socket.SendAsync(
            Encoding.UTF8.GetBytes("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"),
            WebSocketMessageType.Text,
            true,
            CancellationToken.None
        );
        var answer = new byte[64];
        var read = await socket.ReceiveAsync(answer, CancellationToken.None);
        Encoding.UTF8.GetString(answer, 0, read.Count).ShouldBe("{}\u001e");
        return socket;
    }

    private async Task<(ClientWebSocket? Socket, HttpStatusCode Status)> ConnectAsync(string query, string? authorization)
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader("Authorization", authorization);
        try
        {
            await socket.ConnectAsync(new Uri($"ws://{_app.Address.Authority}/_blazor{query}"), CancellationToken.None);
            return (socket, HttpStatusCode.SwitchingProtocols);
        }
        catch (WebSocketException)
        {
            using (socket)
            {
                return (null, socket.HttpStatusCode);
            }
        }
    }

    // The length, as seven bits a byte, and as much of it as the server reads.
    /// <returns>How many bytes it got rid of before the server hung up: what lay in buffers on the way.</returns>
    private static async Task<int> SendOversizedAsync(ClientWebSocket socket)
    {
        byte[] length = [Seven(0, more: true), Seven(1, more: true), Seven(2, more: true), Seven(3, more: false)];
        var part = new byte[64 * 1024];
        var sent = 0;
        try
        {
            await socket.SendAsync(length, WebSocketMessageType.Binary, false, CancellationToken.None);
            for (; sent < Oversized; sent += part.Length)
            {
                await socket.SendAsync(part, WebSocketMessageType.Binary, false, CancellationToken.None);
            }
        }
        catch (WebSocketException)
        {
            return sent;
        }

        throw new InvalidOperationException("The server took all of it.");
    }

    private static byte Seven(int place, bool more) => (byte)(((Oversized >> (7 * place)) & 0x7F) | (more ? 0x80 : 0));

    private static async Task ClosedAsync(ClientWebSocket socket)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var buffer = new byte[4096];
        try
        {
            while ((await socket.ReceiveAsync(buffer, timeout.Token)).MessageType != WebSocketMessageType.Close) { }
        }
        catch (WebSocketException)
        {
            // Cut off, which is closed too.
        }

        timeout.IsCancellationRequested.ShouldBeFalse("the connection is still open");
    }
}
