using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Exchanges.Paper;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ExEngine.Core.Data.Rows;

// What a paper account has goes with it: with the row of the account, by cascade.
internal sealed class PaperLedgerConfiguration : IEntityTypeConfiguration<PaperLedger>
{
    public void Configure(EntityTypeBuilder<PaperLedger> builder)
    {
        builder.HasKey(l => l.AccountId);
        builder.Property(l => l.AccountId).ValueGeneratedNever();
        builder.Property(l => l.Exchange).HasMaxLength(64);
        builder.HasOne<ExchangeAccount>().WithOne().HasForeignKey<PaperLedger>(l => l.AccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(l => l.UserId);
    }
}

internal sealed class PaperHoldingConfiguration : IEntityTypeConfiguration<PaperHolding>
{
    public void Configure(EntityTypeBuilder<PaperHolding> builder)
    {
        builder.HasKey(h => new { h.AccountId, h.Asset });
        builder.Property(h => h.Asset).HasMaxLength(32);
        builder.HasOne<PaperLedger>().WithMany().HasForeignKey(h => h.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class PaperOrderConfiguration : IEntityTypeConfiguration<PaperOrder>
{
    public void Configure(EntityTypeBuilder<PaperOrder> builder)
    {
        builder.HasKey(o => new { o.AccountId, o.Number });
        builder.Property(o => o.Number).ValueGeneratedNever();
        builder.Property(o => o.ClientId).HasMaxLength(36);
        builder.Property(o => o.Exchange).HasMaxLength(64);
        builder.Property(o => o.Symbol).HasMaxLength(64);
        builder.Property(o => o.Base).HasMaxLength(32);
        builder.Property(o => o.Quote).HasMaxLength(32);
        builder.Ignore(o => o.Remaining).Ignore(o => o.IsOpen).Ignore(o => o.Waits);
        builder.HasOne<PaperLedger>().WithMany().HasForeignKey(o => o.AccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(o => new { o.AccountId, o.ClientId });
        builder.HasIndex(o => new
        {
            o.AccountId,
            o.Symbol,
            o.CreatedAt,
        });
        builder.HasIndex(o => new { o.Exchange, o.Symbol }).HasFilter("status = 'Open'");
    }
}

internal sealed class PaperTradeConfiguration : IEntityTypeConfiguration<PaperTrade>
{
    public void Configure(EntityTypeBuilder<PaperTrade> builder)
    {
        builder.HasKey(t => new { t.AccountId, t.Number });
        builder.Property(t => t.Number).ValueGeneratedNever();
        builder.Property(t => t.Symbol).HasMaxLength(64);
        builder.Property(t => t.FeeAsset).HasMaxLength(32);
        builder.HasOne<PaperLedger>().WithMany().HasForeignKey(t => t.AccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(t => new { t.AccountId, t.OrderNumber });
        builder.HasIndex(t => new
        {
            t.AccountId,
            t.Symbol,
            t.At,
        });
    }
}
