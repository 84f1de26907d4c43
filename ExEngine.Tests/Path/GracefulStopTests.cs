using System.Net;
using System.Net.Sockets;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Path;

/// <summary>Invariant I1 at an orderly end: whoever is under way is answered, and whoever was told 2xx has a row.</summary>
[NeedsServer]
public sealed class GracefulStopTests
{
    public static TheoryData<string> Databases => [TwoDatabases.Sqlite, TwoDatabases.Postgres];

    [Theory, MemberData(nameof(Databases))]
    public async Task ProcessToldToStop_AnswersEveryRequestInFlightAndKeepsItsRow(string database)
    {
        await using var app = await DurableApp.StartAsync(database);
        var (trader, door) = await DurableApp.DoorAsync(app);
        var requests = Enumerable.Range(1, 40).Select(i => (Alert: i, Body: new GatedContent(DurableApp.Alert(i)))).ToArray();
        var answers = requests
            .Select(r =>
                door.SendAsync(
                    DurableApp.Alert(r.Alert),
                    change: request =>
                    {
                        r.Body.Headers.ContentType = request.Content!.Headers.ContentType;
                        request.Content = r.Body;
                        request.Headers.ExpectContinue = true;
                    }
                )
            )
            .ToArray();
        await Task.WhenAll(requests.Select(r => r.Body.Awaited)).WaitAsync(TimeSpan.FromSeconds(15), TimeProvider.System);

        app.Signal("TERM");
        await Until.True(() => IsClosedAsync(app.Address));
        foreach (var (_, body) in requests)
        {
            body.Open();
        }

        var told = await Task.WhenAll(answers);
        (await app.WaitForExitAsync()).ShouldBe(0);
        told.ShouldAllBe(t => t.Status == HttpStatusCode.Accepted);
        await app.StartAsync();
        (await DurableApp.SignalIdsAsync(trader)).ShouldBe(told.Select(t => t.Id), ignoreOrder: true);
        (await door.SendAsync(DurableApp.Alert(1))).Id.ShouldBe(told[0].Id);
    }

    private static async Task<bool> IsClosedAsync(Uri address)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(address.Host, address.Port);
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    /// <summary>A body that the server has begun to wait for and that comes when the test says so.</summary>
    private sealed class GatedContent(string body) : HttpContent
    {
        private readonly byte[] _body = System.Text.Encoding.UTF8.GetBytes(body);
        private readonly TaskCompletionSource _awaited = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Completes when the server asked for the body: with <c>100 Continue</c>, out of the endpoint.</summary>
        public Task Awaited => _awaited.Task;

        public void Open() => _open.TrySetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            _awaited.TrySetResult();
            await _open.Task;
            await stream.WriteAsync(_body);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _body.Length;
            return true;
        }
    }
}
