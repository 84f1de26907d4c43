using System.Globalization;
using ExEngine.Tests.FakeExchange.Faults;
using ExEngine.Tests.FakeExchange.Trading;
using Microsoft.AspNetCore.Http;

namespace ExEngine.Tests.FakeExchange.Dialect;

/// <summary>Takes each request through its stations: weight, fault, key and signature, endpoint, ledger, answer.</summary>
internal sealed class Desk(Venue venue, Weights weights, FaultSwitches faults, TimeProvider time)
{
    private readonly Dictionary<(string, string), Endpoint> _endpoints = new[]
    {
        new GeneralEndpoints(venue, weights).All,
        new MarketEndpoints(venue).All,
        new OrderEndpoints(venue).All,
        new AccountEndpoints(venue).All,
    }
        .SelectMany(e => e)
        .ToDictionary(e => (e.Method, e.Path));

    public async Task ServeAsync(HttpContext context)
    {
        var request = await ReadAsync(context.Request);
        if (!_endpoints.TryGetValue((request.Method, request.Path), out var endpoint))
        {
            await FaultyAnswer.WriteAsync(
                context,
                FakeAnswer.Error(404, -5000, $"Path {request.Path}, Method {request.Method} is invalid")
            );
            return;
        }

        var (used, refusal, retryAfter) = weights.Take(Ip(context), Weigh(endpoint, request), venue.Now);
        context.Response.Headers["X-MBX-USED-WEIGHT"] = context.Response.Headers["X-MBX-USED-WEIGHT-1M"] = Text(used);
        if (refusal is not null)
        {
            context.Response.Headers.RetryAfter = Text(retryAfter);
            Note(request, endpoint, executed: false, refusal, fault: null);
            await FaultyAnswer.WriteAsync(context, refusal);
            return;
        }

        await AnswerAsync(context, request, endpoint);
    }

    private async Task AnswerAsync(HttpContext context, FakeRequest request, Endpoint endpoint)
    {
        var fault = faults.Meet(endpoint.Kind, ClientId(request), AccountOf(request), request.Parameters["symbol"]);
        if (fault is { Kind: FaultKind.Delay, Executed: false })
        {
            await Task.Delay(TimeSpan.FromMilliseconds(fault.Milliseconds), time);
        }
        else if (fault is { Executed: false, Kind: not FaultKind.DoubledItems })
        {
            Note(request, endpoint, executed: false, answer: null, fault);
            await FaultyAnswer.SendAsync(context, fault, answer: null);
            return;
        }

        var answer = Handle(context, request, endpoint);
        Note(request, endpoint, executed: answer.Code is null, answer, fault);
        if (fault is { Kind: FaultKind.Delay, Executed: true })
        {
            await Task.Delay(TimeSpan.FromMilliseconds(fault.Milliseconds), time);
        }

        await (fault is null ? FaultyAnswer.WriteAsync(context, answer) : FaultyAnswer.SendAsync(context, fault, answer));
    }

    private FakeAnswer Handle(HttpContext context, FakeRequest request, Endpoint endpoint)
    {
        try
        {
            if (endpoint.Signed)
            {
                request.Key = Signatures.Check(request, venue.Accounts, venue.Now);
                Signatures.CheckRights(request.Key, endpoint.Kind);
            }

            request.Parameters.CheckNames(endpoint.Known);
            if (endpoint.Kind == EndpointKind.Place)
            {
                var (count, refused) = weights.Order(request.Account.Name, venue.Now);
                if (refused)
                {
                    return weights.TooManyOrders();
                }

                context.Response.Headers["X-MBX-ORDER-COUNT-10S"] = Text(count);
            }

            return FakeAnswer.Of(endpoint.Handle(request));
        }
        catch (RefusedException refused)
        {
            return FakeAnswer.Of(refused);
        }
    }

    private void Note(FakeRequest request, Endpoint endpoint, bool executed, FakeAnswer? answer, FakeFault? fault)
    {
        if (!endpoint.Signed)
        {
            return;
        }

        venue.Ledger.Add(
            new LedgerEntry
            {
                Kind = LedgerKind.Request,
                Endpoint = $"{request.Method} {request.Path}",
                ArrivedAt = request.ArrivedAt,
                Account = AccountOf(request),
                Symbol = request.Parameters["symbol"],
                ClientOrderId = ClientId(request),
                Executed = executed,
                Status = answer?.Status,
                Code = answer?.Code,
                Fault = fault?.Kind.ToString(),
            }
        );
    }

    private async Task<FakeRequest> ReadAsync(HttpRequest request)
    {
        var arrivedAt = time.GetUtcNow().UtcDateTime;
        using var reader = new StreamReader(request.Body);
        var body = await reader.ReadToEndAsync();
        return new FakeRequest(
            request.Method,
            request.Path.Value!,
            request.QueryString.Value is { Length: > 1 } query ? query[1..] : "",
            body,
            request.Headers["X-MBX-APIKEY"],
            arrivedAt
        );
    }

    private string? AccountOf(FakeRequest request) =>
        (request.Key ?? (request.ApiKey is { } key ? venue.Accounts.Find(key) : null))?.Account.Name;

    private static string? ClientId(FakeRequest request) =>
        request.Method == "POST" ? request.Parameters["newClientOrderId"] : request.Parameters["origClientOrderId"];

    private static int Weigh(Endpoint endpoint, FakeRequest request)
    {
        try
        {
            return endpoint.Weight(request.Parameters);
        }
        catch (RefusedException)
        {
            return 1;
        }
    }

    private static string Ip(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
