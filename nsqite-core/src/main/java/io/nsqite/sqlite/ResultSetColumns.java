package io.nsqite.sqlite;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import java.util.Map;

/** Passes the reading of columns to the driver's result. */
@SuppressWarnings("deprecation")
abstract class ResultSetColumns extends ResultSetUpdatesByLabel {

    ResultSetColumns(ResultSet delegate) {
        super(delegate);
    }

    @Override
    public Array getArray(String label) throws SQLException {
        return delegate.getArray(label);
    }

    @Override
    public Array getArray(int column) throws SQLException {
        return delegate.getArray(column);
    }

    @Override
    public InputStream getAsciiStream(String label) throws SQLException {
        return delegate.getAsciiStream(label);
    }

    @Override
    public InputStream getAsciiStream(int column) throws SQLException {
        return delegate.getAsciiStream(column);
    }

    @Override
    public BigDecimal getBigDecimal(String label) throws SQLException {
        return delegate.getBigDecimal(label);
    }

    @Override
    public BigDecimal getBigDecimal(int column) throws SQLException {
        return delegate.getBigDecimal(column);
    }

    @Override
    @Deprecated
    public BigDecimal getBigDecimal(String label, int value) throws SQLException {
        return delegate.getBigDecimal(label, value);
    }

    @Override
    @Deprecated
    public BigDecimal getBigDecimal(int column, int value) throws SQLException {
        return delegate.getBigDecimal(column, value);
    }

    @Override
    public InputStream getBinaryStream(String label) throws SQLException {
        return delegate.getBinaryStream(label);
    }

    @Override
    public InputStream getBinaryStream(int column) throws SQLException {
        return delegate.getBinaryStream(column);
    }

    @Override
    public Blob getBlob(String label) throws SQLException {
        return delegate.getBlob(label);
    }

    @Override
    public Blob getBlob(int column) throws SQLException {
        return delegate.getBlob(column);
    }

    @Override
    public boolean getBoolean(String label) throws SQLException {
        return delegate.getBoolean(label);
    }

    @Override
    public boolean getBoolean(int column) throws SQLException {
        return delegate.getBoolean(column);
    }

    @Override
    public byte getByte(String label) throws SQLException {
        return delegate.getByte(label);
    }

    @Override
    public byte getByte(int column) throws SQLException {
        return delegate.getByte(column);
    }

    @Override
    public byte[] getBytes(String label) throws SQLException {
        return delegate.getBytes(label);
    }

    @Override
    public byte[] getBytes(int column) throws SQLException {
        return delegate.getBytes(column);
    }

    @Override
    public Reader getCharacterStream(String label) throws SQLException {
        return delegate.getCharacterStream(label);
    }

    @Override
    public Reader getCharacterStream(int column) throws SQLException {
        return delegate.getCharacterStream(column);
    }

    @Override
    public Clob getClob(String label) throws SQLException {
        return delegate.getClob(label);
    }

    @Override
    public Clob getClob(int column) throws SQLException {
        return delegate.getClob(column);
    }

    @Override
    public Date getDate(String label) throws SQLException {
        return delegate.getDate(label);
    }

    @Override
    public Date getDate(int column) throws SQLException {
        return delegate.getDate(column);
    }

    @Override
    public Date getDate(String label, Calendar calendar) throws SQLException {
        return delegate.getDate(label, calendar);
    }

    @Override
    public Date getDate(int column, Calendar calendar) throws SQLException {
        return delegate.getDate(column, calendar);
    }

    @Override
    public double getDouble(String label) throws SQLException {
        return delegate.getDouble(label);
    }

    @Override
    public double getDouble(int column) throws SQLException {
        return delegate.getDouble(column);
    }

    @Override
    public float getFloat(String label) throws SQLException {
        return delegate.getFloat(label);
    }

    @Override
    public float getFloat(int column) throws SQLException {
        return delegate.getFloat(column);
    }

    @Override
    public int getInt(String label) throws SQLException {
        return delegate.getInt(label);
    }

    @Override
    public int getInt(int column) throws SQLException {
        return delegate.getInt(column);
    }

    @Override
    public long getLong(String label) throws SQLException {
        return delegate.getLong(label);
    }

    @Override
    public long getLong(int column) throws SQLException {
        return delegate.getLong(column);
    }

    @Override
    public Reader getNCharacterStream(String label) throws SQLException {
        return delegate.getNCharacterStream(label);
    }

    @Override
    public Reader getNCharacterStream(int column) throws SQLException {
        return delegate.getNCharacterStream(column);
    }

    @Override
    public NClob getNClob(String label) throws SQLException {
        return delegate.getNClob(label);
    }

    @Override
    public NClob getNClob(int column) throws SQLException {
        return delegate.getNClob(column);
    }

    @Override
    public String getNString(String label) throws SQLException {
        return delegate.getNString(label);
    }

    @Override
    public String getNString(int column) throws SQLException {
        return delegate.getNString(column);
    }

    @Override
    public Object getObject(String label) throws SQLException {
        return delegate.getObject(label);
    }

    @Override
    public Object getObject(int column) throws SQLException {
        return delegate.getObject(column);
    }

    @Override
    public <T> T getObject(String label, Class<T> type) throws SQLException {
        return delegate.getObject(label, type);
    }

    @Override
    public Object getObject(String label, Map<String, Class<?>> types) throws SQLException {
        return delegate.getObject(label, types);
    }

    @Override
    public <T> T getObject(int column, Class<T> type) throws SQLException {
        return delegate.getObject(column, type);
    }

    @Override
    public Object getObject(int column, Map<String, Class<?>> types) throws SQLException {
        return delegate.getObject(column, types);
    }

    @Override
    public Ref getRef(String label) throws SQLException {
        return delegate.getRef(label);
    }

    @Override
    public Ref getRef(int column) throws SQLException {
        return delegate.getRef(column);
    }

    @Override
    public RowId getRowId(String label) throws SQLException {
        return delegate.getRowId(label);
    }

    @Override
    public RowId getRowId(int column) throws SQLException {
        return delegate.getRowId(column);
    }

    @Override
    public SQLXML getSQLXML(String label) throws SQLException {
        return delegate.getSQLXML(label);
    }

    @Override
    public SQLXML getSQLXML(int column) throws SQLException {
        return delegate.getSQLXML(column);
    }

    @Override
    public short getShort(String label) throws SQLException {
        return delegate.getShort(label);
    }

    @Override
    public short getShort(int column) throws SQLException {
        return delegate.getShort(column);
    }

    @Override
    public String getString(String label) throws SQLException {
        return delegate.getString(label);
    }

    @Override
    public String getString(int column) throws SQLException {
        return delegate.getString(column);
    }

    @Override
    public Time getTime(String label) throws SQLException {
        return delegate.getTime(label);
    }

    @Override
    public Time getTime(int column) throws SQLException {
        return delegate.getTime(column);
    }

    @Override
    public Time getTime(String label, Calendar calendar) throws SQLException {
        return delegate.getTime(label, calendar);
    }

    @Override
    public Time getTime(int column, Calendar calendar) throws SQLException {
        return delegate.getTime(column, calendar);
    }

    @Override
    public Timestamp getTimestamp(String label) throws SQLException {
        return delegate.getTimestamp(label);
    }

    @Override
    public Timestamp getTimestamp(int column) throws SQLException {
        return delegate.getTimestamp(column);
    }

    @Override
    public Timestamp getTimestamp(String label, Calendar calendar) throws SQLException {
        return delegate.getTimestamp(label, calendar);
    }

    @Override
    public Timestamp getTimestamp(int column, Calendar calendar) throws SQLException {
        return delegate.getTimestamp(column, calendar);
    }

    @Override
    public URL getURL(String label) throws SQLException {
        return delegate.getURL(label);
    }

    @Override
    public URL getURL(int column) throws SQLException {
        return delegate.getURL(column);
    }

    @Override
    @Deprecated
    public InputStream getUnicodeStream(String label) throws SQLException {
        return delegate.getUnicodeStream(label);
    }

    @Override
    @Deprecated
    public InputStream getUnicodeStream(int column) throws SQLException {
        return delegate.getUnicodeStream(column);
    }
}
